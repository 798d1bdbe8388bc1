//! Applying, following, ending: the pages of a case from its applicant's side.

pub mod api;
mod apply;
mod case_page;
pub mod desk;
mod enterprise;
mod form;
mod joint;
mod keys;
mod line;
mod my;
mod rate;
mod sign;
mod tasks;
mod thread;
mod track;
mod withdraw;

pub use apply::ApplyPage;
pub use case_page::CasePage;
pub use desk::DeskPage;
pub use enterprise::EnterprisePage;
pub use form::{CheckPage, FormPage};
pub use joint::JointPage;
pub use keys::KeysPage;
pub use my::MyPage;
pub use rate::RatePage;
pub use sign::SignPage;
pub use tasks::TasksPage;
pub use track::{TrackPage, TrackResultPage};
pub use withdraw::WithdrawPage;
