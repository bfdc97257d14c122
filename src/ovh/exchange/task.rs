//! What OVHcloud is working on.

use serde_json::Value;

use super::Platform;
use crate::json::{self, Object};
use crate::ovh::{Call, Request};

/// `GET …/task`: the ids of the pending tasks of a platform.
pub struct ListTasks<'a>(pub &'a Platform);

impl Call for ListTasks<'_> {
    type Output = Vec<u64>;

    fn request(&self) -> Request {
        Request::get(self.0.path() + "/task")
    }

    fn read(answer: &Value) -> Option<Vec<u64>> {
        json::wholes(answer)
    }
}

/// `GET …/task/{id}`. Whether a finished task still answers is not documented: "not found" means
/// gone, and only the object itself tells how it ended.
pub struct ReadTask<'a> {
    pub platform: &'a Platform,
    pub id: u64,
}

/// One piece of work. It carries no text about an error and no progress.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    pub id: Option<u64>,
    pub function: Option<String>,
    pub status: Option<String>,
    /// ISO 8601: when it was asked for.
    pub todo_date: Option<String>,
    /// ISO 8601: when it ended, however that was.
    pub finish_date: Option<String>,
}

/// What a task is about, of the 116 functions that the API knows those that concern connectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    AddConnector,
    /// Settings or authentication.
    ChangeConnector,
    DeleteConnector,
    /// Among others, its connector.
    ChangeAccount,
    /// Among others, its default connector.
    ChangeDomain,
    ChangePlatform,
    Maintenance,
    Other,
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Waiting,
    Working,
    Done,
    Failed,
    Cancelled,
}

impl Progress {
    pub fn is_end(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

impl Task {
    /// The task from the API's object; `None` where it is none.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        Some(Self {
            id: json::whole(fields, "id"),
            function: json::text(fields, "function"),
            status: json::text(fields, "status"),
            todo_date: json::text(fields, "todoDate"),
            finish_date: json::text(fields, "finishDate"),
        })
    }

    /// The API's object.
    pub fn to_json(&self) -> Value {
        Object::new()
            .with("id", self.id.into())
            .with("function", self.function.as_deref().into())
            .with("status", self.status.as_deref().into())
            .with("todoDate", self.todo_date.as_deref().into())
            .with("finishDate", self.finish_date.as_deref().into())
            .into_value()
    }

    pub fn work(&self) -> Work {
        match self.function.as_deref() {
            Some("addSendConnector") => Work::AddConnector,
            Some("setSendConnector") => Work::ChangeConnector,
            Some("deleteSendConnector") => Work::DeleteConnector,
            Some("setAccount") => Work::ChangeAccount,
            Some("setDomain") => Work::ChangeDomain,
            Some("setService") => Work::ChangePlatform,
            Some("maintenance") => Work::Maintenance,
            _ => Work::Other,
        }
    }

    /// A status that nobody knows counts as still working: it must not end the waiting.
    pub fn progress(&self) -> Progress {
        match self.status.as_deref() {
            Some("todo") => Progress::Waiting,
            Some("done") => Progress::Done,
            Some("error") => Progress::Failed,
            Some("cancelled") => Progress::Cancelled,
            _ => Progress::Working,
        }
    }
}

impl Call for ReadTask<'_> {
    type Output = Task;

    fn request(&self) -> Request {
        Request::get([&self.platform.path(), "/task/", &self.id.to_string()].concat())
    }

    fn read(answer: &Value) -> Option<Task> {
        Task::from_json(answer)
    }
}
