//! Every address of the program, in one list.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};

use crate::pages;

/// A router that remembers what it routes, so that a test can try every address in every role.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router,
    listed: Vec<(Method, &'static str)>,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new() -> Routes {
        Routes::default()
    }

    /// Answers GET (and HEAD) at `path`.
    #[must_use]
    pub fn get<H: Handler<T, ()>, T: 'static>(self, path: &'static str, handler: H) -> Routes {
        self.add(Method::GET, MethodFilter::GET, path, handler)
    }

    /// Answers POST at `path`.
    #[must_use]
    pub fn post<H: Handler<T, ()>, T: 'static>(self, path: &'static str, handler: H) -> Routes {
        self.add(Method::POST, MethodFilter::POST, path, handler)
    }

    fn add<H: Handler<T, ()>, T: 'static>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        handler: H,
    ) -> Routes {
        self.router = self.router.route(path, on(filter, handler));
        self.listed.push((method, path));
        self
    }

    /// Takes in the routes of a noun.
    #[must_use]
    pub fn with(mut self, routes: Routes) -> Routes {
        self.router = self.router.merge(routes.router);
        self.listed.extend(routes.listed);
        self
    }

    /// Changes the router of these routes, for a layer of their own.
    #[must_use]
    pub fn layered(mut self, change: impl FnOnce(Router) -> Router) -> Routes {
        self.router = change(self.router);
        self
    }

    /// Every method and path.
    #[must_use]
    pub fn listed(&self) -> &[(Method, &'static str)] {
        &self.listed
    }

    /// The router itself.
    pub fn into_router(self) -> Router {
        self.router
    }
}

/// Every page of the house.
#[must_use]
pub fn all() -> Routes {
    Routes::new()
        .get("/assets/{hash}/{*file}", crate::assets::serve)
        .with(pages::accounts::routes())
        .with(pages::allotments::routes())
        .with(pages::attendance::routes())
        .with(pages::board::routes())
        .with(pages::books::routes())
        .with(pages::calendar::routes())
        .with(pages::certificates::routes())
        .with(pages::completion::routes())
        .with(pages::courses::routes())
        .with(pages::enrolments::routes())
        .with(pages::holidays::routes())
        .with(pages::inbox::routes())
        .with(pages::interests::routes())
        .with(pages::language::routes())
        .with(pages::lists::routes())
        .with(pages::manage::routes())
        .with(pages::organisations::routes())
        .with(pages::people::routes())
        .with(pages::plans::routes())
        .with(pages::programmes::routes())
        .with(pages::registrations::routes())
        .with(pages::requests::routes())
        .with(pages::requirements::routes())
        .with(pages::rosters::routes())
        .with(pages::runs::routes())
        .with(pages::selections::routes())
        .with(pages::trainers::routes())
        .with(pages::venues::routes())
        .with(pages::waiting::routes())
        .with(pages::walk_ins::routes())
}
