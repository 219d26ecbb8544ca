//! `/products` and `/products/{year}`: the selected products of a year, for everybody.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::time::show_day;
use leptos::prelude::*;
use operations::selections::{self, PublicProduct, Published};

use crate::components::EmptyState;
use crate::copies::shared;
use crate::page::Page;
use crate::wording::selections as say;
use crate::{Context, Path, Problem};

/// `/products`: the latest year of which something was published.
pub(super) async fn latest(context: Context) -> Result<Response, Problem> {
    answer(&context, None, "/products").await
}

pub(super) async fn of_year(context: Context, Path(year): Path<i64>) -> Result<Response, Problem> {
    answer(&context, Some(year), &format!("/products/{year}")).await
}

/// The page; only its one spelling is kept for others.
async fn answer(context: &Context, year: Option<i64>, spelling: &str) -> Result<Response, Problem> {
    if context.path == spelling {
        shared(context, async || page(context, year).await).await
    } else {
        Ok(page(context, year).await?.into_response())
    }
}

async fn page(context: &Context, year: Option<i64>) -> Result<Page<'_>, Problem> {
    let l = context.language;
    let Published { year, years, products } = selections::products(&context.office, year).await?;
    let Some(year) = year else {
        return Ok(context.page(say::products(l), || {
            let calendar = view! { <a class="button quiet" href="/calendar">{say::to_calendar(l)}</a> };
            view! { <EmptyState title=say::products_none(l) advice=say::products_none_advice(l)>{calendar}</EmptyState> }
        }));
    };
    Ok(context.page(say::products_title(l, year), || {
        let links = years.iter().map(|known| {
            let current = (*known == year).then_some("page");
            view! { <a class="chip" href=format!("/products/{known}") aria-current=current>{*known}</a> }
        });
        let others =
            (years.len() > 1).then(|| view! { <nav class="chips" aria-label=say::years(l)>{links.collect_view()}</nav> });
        view! { <p class="lead">{say::products_lead(l, products.len())}</p>{others}{industries(l, &products)} }
    }))
}

/// The products by industry, in the order of the classification.
fn industries(l: Language, products: &[PublicProduct]) -> impl IntoView + use<> {
    products
        .chunk_by(|one, next| one.industry == next.industry)
        .map(|industry| {
            let name = industry.first().and_then(|product| product.industry.as_deref()).unwrap_or(say::no_industry(l));
            let lines = industry.iter().map(|product| line(l, product)).collect_view();
            view! { <section><h2>{say::in_industry(l, name, industry.len())}</h2><ul class="products">{lines}</ul></section> }
        })
        .collect_view()
}

fn line(l: Language, product: &PublicProduct) -> impl IntoView + use<> {
    let by = say::chosen_by(l, &product.number, &show_day(product.decided_on));
    view! {
        <li>
            <strong>{product.product_name.clone()}</strong>
            <span>{product.organisation_name.clone()}<small>{product.place()}</small></span>
            <small>{by}</small>
        </li>
    }
}
