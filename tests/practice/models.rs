//! The answers of the Exchange routes, field by field as `/email/exchange.json` names them.

use serde_json::{Map, Value, json};

use super::fields::SPAM;
use super::state::{Account, Connector, Domain, Platform};

impl Account {
    /// Takes over a checked body, the nested flags one by one.
    pub fn write(&mut self, body: &Map<String, Value>) {
        for (name, value) in body {
            match name.as_str() {
                "sendConnectorId" => self.connector = value.as_u64(),
                "spamAndVirusConfiguration" => {
                    let mut flags = self.flags();
                    for (flag, value) in value.as_object().into_iter().flatten() {
                        flags.insert(flag.clone(), value.clone());
                    }
                    self.written.insert(name.clone(), Value::Object(flags));
                }
                _ => {
                    self.written.insert(name.clone(), value.clone());
                }
            }
        }
    }

    /// Its spam settings. By nature all are false but `deleteVirus`, on every other account.
    fn flags(&self) -> Map<String, Value> {
        let written = self.written.get("spamAndVirusConfiguration");
        if let Some(flags) = written.and_then(Value::as_object) {
            return flags.clone();
        }
        spam(self.id.is_multiple_of(2))
    }

    pub fn json(&self, address: &str) -> Value {
        let (login, domain) = address.split_once('@').unwrap_or((address, ""));
        let name = format!("{} {}", self.first_name, self.last_name);
        let or_null = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut fields = general(login, domain);
        let own = json!({
            "id": self.id,
            "primaryEmailAddress": address,
            "displayName": or_null(name.trim()),
            "firstName": or_null(&self.first_name),
            "lastName": or_null(&self.last_name),
            "configured": self.configured,
            "sendConnectorId": self.connector,
            "state": self.being.name(),
            "taskPendingId": self.task,
            "lastUpdateDate": self.updated.map(super::clock::Moment::for_api),
        });
        fields.extend(own.as_object().cloned().unwrap_or_default());
        fields.extend(self.written.clone());
        let flags = Value::Object(self.flags());
        fields.insert("spamAndVirusConfiguration".into(), flags);
        Value::Object(fields)
    }
}

fn spam(delete_virus: bool) -> Map<String, Value> {
    let flag = |name: &&str| {
        (
            (*name).to_owned(),
            json!(*name == "deleteVirus" && delete_virus),
        )
    };
    SPAM.iter().map(flag).collect()
}

/// What all accounts have alike.
fn general(login: &str, domain: &str) -> Map<String, Value> {
    let fields = json!({
        "SAMAccountName": login,
        "accountLicense": "standard",
        "creationDate": "2023-02-01T09:30:00+01:00",
        "currentUsage": 1_048_576,
        "customIsolationId": null,
        "deleteAtExpiration": false,
        "domain": domain,
        "expirationDate": null,
        "hiddenFromGAL": false,
        "lastLogoffDate": null,
        "lastLogonDate": null,
        "litigation": false,
        "litigationPeriod": null,
        "login": login,
        "mailingFilter": ["vaderetro"],
        "numberOfAliases": 0,
        "outlookLicense": false,
        "owaLimited": false,
        "quota": 50,
        "renewPeriod": "yearly",
        "spamDetected": false,
        "spamTicketNumber": null,
        "storeCopyOfEmail": false,
    });
    let mut fields = fields.as_object().cloned().unwrap_or_default();
    for name in EMPTY {
        fields.insert(name.to_owned(), Value::Null);
    }
    fields
}

const EMPTY: [&str; 22] = [
    "authenticationPolicyId",
    "city",
    "company",
    "countryCode",
    "deleteOutlookAtExpiration",
    "description",
    "exchangeGuid",
    "expirationOutlookDate",
    "fax",
    "forwardingEmail",
    "guid",
    "initial",
    "jobDepartment",
    "jobTitle",
    "mailSenderDisplay",
    "mobile",
    "office",
    "passwordLastUpdate",
    "phone",
    "postalCode",
    "region",
    "renewOutlookPeriod",
];

impl Connector {
    pub fn json(&self) -> Value {
        let mut fields = json!({
            "id": self.id,
            "displayName": self.display_name,
            "smartHost": self.smart_host,
            "port": self.port,
            "requireTLS": self.require_tls,
            "maxSendSize": self.max_send_size,
            "smartHostAuthMechanism": self.mechanism,
            "state": self.being.name(),
            "creationDate": self.created.for_api(),
            "lastUpdateDate": self.updated.map(super::clock::Moment::for_api),
            "taskPendingId": self.task,
        });
        // Only newer platforms have these two, and the connector that is built in.
        if self.built_in() {
            fields["default"] = true.into();
            fields["dnsRouting"] = self.dns_routing.into();
        }
        fields
    }
}

impl Domain {
    pub fn json(&self, name: &str) -> Value {
        json!({
            "name": name,
            "main": self.main,
            "type": "authoritative",
            "state": "ok",
            "taskPendingId": self.task,
            "sendConnectorIdDefault": self.default,
            "sbrDefault": self.relay,
            "mxRelay": null,
            "organization2010": null,
            "isAliasDomain": false,
            "domainAliases": [],
            "domainValidated": true,
            "cnameToCheck": null,
            "expectedAutodiscoverSRV": format!("0 0 443 {}.", HOST),
            "expectedMX": ["mx0.mail.ovh.net", "mx1.mail.ovh.net"],
            "mxRecord": ["mx0.mail.ovh.net", "mx1.mail.ovh.net"],
            "mxIsValid": true,
            "expectedSPF": "v=spf1 include:mx.ovh.com ~all",
            "spfRecord": ["v=spf1 include:mx.ovh.com ~all"],
            "spfIsValid": true,
            "srvRecord": null,
            "srvIsValid": false,
            "dkimDiagnostics": { "state": "disabled", "errorCode": null, "message": null },
        })
    }
}

/// The host that all platforms of the practice share.
pub const HOST: &str = "ex.mail.ovh.net";

impl Platform {
    pub fn json(&self) -> Value {
        let domains = &self.domains;
        let main = domains.iter().find(|(_, domain)| domain.main);
        json!({
            "offer": self.offer,
            "state": self.state,
            "domain": main.map(|(name, _)| name),
            "displayName": self.display_name,
            "hostname": format!("{}.{HOST}", self.name),
            "webUrl": format!("https://{HOST}/owa"),
            "maxSendSize": 100,
            "maxReceiveSize": 100,
            "taskPendingId": 0,
            "spamAndVirusConfiguration": spam(true),
            "adfsChangePassword": false,
            "complexityEnabled": true,
            "lastUpdateDate": null,
            "lockoutDuration": 30,
            "lockoutObservationWindow": 15,
            "lockoutThreshold": 5,
            "maxPasswordAge": null,
            "minPasswordAge": null,
            "minPasswordLength": 12,
            "passwordHistoryCount": null,
            "sslExpirationDate": null,
            "iam": {
                "displayName": self.name,
                "id": "00000000-0000-4000-8000-000000000001",
                "urn": format!("urn:v1:eu:resource:emailExchange:{0}/{0}", self.name),
            },
        })
    }

    pub fn server_json(&self) -> Value {
        json!({
            "commercialVersion": self.version,
            "state": "ok",
            "ip": self.ip,
            "ipV6": null,
            "individual2010": false,
            "isAValid": true,
            "isAaaaValid": false,
            "isPtrValid": true,
            "isPtrV6Valid": false,
            "owaMfa": false,
            "currentDiskUsage": 12,
            "diskSize": 200,
            "version": null,
            "taskPendingId": 0,
        })
    }
}
