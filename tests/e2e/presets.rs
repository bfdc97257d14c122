//! A provider that is known fills in the form, and what was typed stays.

use crate::browser::{ENGLISH, GERMAN};
use crate::client::Client;
use crate::journey::{quick, travel};
use crate::page::Page;
use crate::steps::{PASSWORD, PLATFORM};

impl Page {
    async fn choose_provider(&self, name: &str) {
        self.pick("provider", name).await;
    }

    async fn holds(&self, field: &str, expected: &str) {
        let wanted = format!("“{expected}” in {field}");
        self.until(&wanted, async || {
            (self.value(field).await == expected).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_provider_fills_in_the_form_and_the_connector_is_as_shown() {
    travel("presets", ENGLISH, quick(), async |page, practice| {
        page.sign_in().await;
        page.take_platform(PLATFORM).await;
        page.choose_provider("SMTP2GO").await;
        page.holds("smart_host", "mail.smtp2go.com").await;
        page.holds("port", "2525").await;
        page.holds("max_send_size", "50").await;
        page.fill("port", "587").await;
        page.choose_provider("SendGrid").await;
        page.holds("smart_host", "smtp.sendgrid.net").await;
        page.holds("max_send_size", "30").await;
        assert_eq!(page.value("port").await, "587", "typed by hand");
        page.says_text("word_apikey").await;
        page.look("sendgrid").await;
        page.fill("user", "apikey").await;
        page.fill("password", PASSWORD).await;
        page.fill("display_name", "Newsletter").await;
        page.reload().await;
        page.screen("connector_title").await;
        let chosen = "return document.getElementById('provider').value";
        assert_eq!(page.ask(chosen).await, "SendGrid");
        page.fill("password", PASSWORD).await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.press("add_now").await;
        page.screen("ready_title").await;
        let client = Client::new(practice);
        let path = format!("/email/exchange/{PLATFORM}/service/{PLATFORM}/sendConnector");
        let ids = client.call("GET", &path, None).json();
        let ids = ids.as_array().expect("ids");
        let newest = ids.iter().filter_map(serde_json::Value::as_u64).max();
        let added = client.call("GET", &format!("{path}/{}", newest.expect("one")), None);
        let added = added.json();
        assert_eq!(added["smartHost"], "smtp.sendgrid.net");
        assert_eq!(added["port"], 587);
        assert_eq!(added["maxSendSize"], 30);
        assert_eq!(added["smartHostAuthMechanism"], "basicAuthRequireTLS");
        assert_eq!(added["requireTLS"], true);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_typed_by_hand_is_recognised_and_a_gateway_needs_no_password() {
    travel("gateway", GERMAN, quick(), async |page, _| {
        page.sign_in().await;
        page.take_platform(PLATFORM).await;
        page.fill("smart_host", "in-v3.mailjet.com").await;
        page.says_text("api_key_and_secret_key").await;
        page.look("typed").await;
        page.fill("port", "588").await;
        let other = page.text("port_unusual").replace("{provider}", "Mailjet");
        page.says(&other.replace("{ports}", "587, 25")).await;
        page.look("other-port").await;
        page.fill("port", "587").await;
        page.fill("smart_host", "").await;
        page.choose_provider("Amazon SES").await;
        page.says("email-smtp.REGION.amazonaws.com").await;
        assert_eq!(page.value("smart_host").await, "");
        page.look("ses").await;
        page.choose_provider("Mimecast").await;
        page.says_text("address_list").await;
        page.says_text("server_title").await;
        page.look("mimecast").await;
        page.fill("smart_host", "eu-smtp-outbound-1.mimecast.com")
            .await;
        page.fill("display_name", "Gateway").await;
        page.press("to_review").await;
        page.screen("review_title").await;
        page.says_text("mechanism_none").await;
    })
    .await;
}
