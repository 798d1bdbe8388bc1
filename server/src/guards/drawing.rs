//! How many pages are drawn at the same time. Drawing is the processor's work: more at once makes none of them ready sooner, but
//! each holds its memory. The others wait in line, first come, first served.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Pages at once for each processor: enough to keep it busy while most of them wait for the database.
const EACH: usize = 16;

/// Drawing boards.
#[derive(Clone)]
pub struct Boards(Arc<Semaphore>);

/// A board, while a page is drawn on it.
pub struct Board {
    _one: Option<OwnedSemaphorePermit>,
}

impl Boards {
    fn new(boards: usize) -> Self {
        Self(Arc::new(Semaphore::new(boards)))
    }

    /// A board as soon as one is free. The line is never closed, and never longer than the house has places.
    pub async fn take(&self) -> Board {
        Board { _one: self.0.clone().acquire_owned().await.ok() }
    }
}

impl Default for Boards {
    fn default() -> Self {
        Self::new(EACH * available_parallelism().map_or(1, usize::from))
    }
}

/// Draws when a board is free. Questions of an open page come by the same routes, with a body that arrives as slowly as its sender
/// likes: they draw nothing and hold no board.
pub async fn one_of_few(State(boards): State<Boards>, request: Request, next: Next) -> Response {
    let draws = matches!(*request.method(), Method::GET | Method::HEAD);
    let _board = if draws { Some(boards.take().await) } else { None };
    next.run(request).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn all_are_drawn_and_few_at_once() {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counted, highest) = (now.clone(), most.clone());
        let draw = move || async move {
            highest.fetch_max(counted.fetch_add(1, SeqCst) + 1, SeqCst);
            tokio::task::yield_now().await;
            counted.fetch_sub(1, SeqCst);
            "drawn"
        };
        let router = Router::new().route("/", get(draw)).layer(from_fn_with_state(Boards::new(2), one_of_few));
        let asked = (0..20).map(|_| router.clone().oneshot(Request::new(Body::empty())));
        let answers = futures::future::join_all(asked).await;
        assert!(answers.into_iter().all(|answer| answer.unwrap().status().is_success()));
        assert_eq!((most.load(SeqCst), now.load(SeqCst)), (2, 0));
    }

    #[tokio::test]
    async fn a_question_that_trickles_in_keeps_nobody_from_drawing() {
        let page = get(|| async { "drawn" }).post(|asked: String| async { asked });
        let router = Router::new().route("/", page).layer(from_fn_with_state(Boards::new(1), one_of_few));
        let never = Body::from_stream(futures::stream::pending::<Result<bytes::Bytes, std::io::Error>>());
        let asked = tokio::spawn(router.clone().oneshot(Request::post("/").body(never).unwrap()));
        tokio::task::yield_now().await;
        let soon = std::time::Duration::from_secs(5);
        let drawn = tokio::time::timeout(soon, router.oneshot(Request::new(Body::empty()))).await;
        assert!(drawn.unwrap().unwrap().status().is_success());
        asked.abort();
    }
}
