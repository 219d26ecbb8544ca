//! The islands: the few pieces that also run in the browser. Names are unique; props are visible to the reader.
