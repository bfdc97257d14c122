//! The table of providers, for [`super::all`].

use super::{Hint, Limit, Mechanism, Preset, Provider, Trace};

/// A trace with nothing in it, to name only what there is. All of it where no header of the provider
/// is known: its smart host's own domain serves then.
const NOTHING: Trace = Trace {
    gateway: false,
    hosts: "",
    inner: "",
    software: "",
    rewritten: "",
    given: "",
    marks: "",
};

pub(super) static PROVIDERS: &[Provider] = &[
    Provider {
        name: "Brevo",
        also: "Sendinblue",
        preset: Preset {
            smart_hosts: "smtp-relay.brevo.com smtp-relay.sendinblue.com",
            ports: &[587, 2525, 465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::LoginAndSmtpKey,
        },
        trace: Trace {
            hosts: "sender-sib.com mailin.fr brevo.com sendinblue.com brevosend.com",
            given: "brevosend.com",
            marks: "X-sib-id X-Mailin-EID Origin-messageId Feedback-ID=:Sendinblue",
            ..NOTHING
        },
    },
    Provider {
        name: "Mailjet",
        also: "",
        preset: Preset {
            smart_hosts: "in-v3.mailjet.com in.mailjet.com",
            ports: &[587, 25, 465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unconfirmed(15),
            hint: Hint::ApiKeyAndSecretKey,
        },
        trace: Trace {
            hosts: "mailjet.com",
            marks: "X-MJ-Mid X-MJ-SMTPGUID Feedback-Id=:MJ",
            ..NOTHING
        },
    },
    Provider {
        name: "SendGrid",
        also: "Twilio SendGrid",
        preset: Preset {
            smart_hosts: "smtp.sendgrid.net",
            ports: &[587, 25, 2525, 465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Known(30),
            hint: Hint::WordApikey,
        },
        trace: Trace {
            hosts: "sendgrid.net",
            inner: "geopod-ismtpd-* filterdrecv-* recvd-* ismtpd*",
            software: "SG",
            rewritten: "bounces+*@em*.*",
            marks: "X-SG-EID",
            ..NOTHING
        },
    },
    Provider {
        name: "Amazon SES",
        also: "SES,AWS,Amazon",
        preset: Preset {
            smart_hosts: "email-smtp.*.amazonaws.com",
            ports: &[587, 2587, 25, 465, 2465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unconfirmed(40),
            hint: Hint::SmtpCredentials,
        },
        trace: Trace {
            hosts: "amazonses.com",
            marks: "X-SES-Outgoing",
            ..NOTHING
        },
    },
    Provider {
        name: "Mailgun",
        also: "",
        preset: Preset {
            smart_hosts: "smtp.mailgun.org smtp.eu.mailgun.org",
            ports: &[587, 25, 2525, 465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unconfirmed(25),
            hint: Hint::DomainUser,
        },
        trace: Trace {
            hosts: "mailgun.net mailgun.org mailgun.info mailgun.us postgun.com",
            inner: "%%%%%%%%%%%% %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%",
            rewritten: "bounce+*@*",
            marks: "X-Mailgun-Sid X-Mailgun-Sending-Ip",
            ..NOTHING
        },
    },
    Provider {
        name: "Postmark",
        also: "",
        preset: Preset {
            smart_hosts: "smtp.postmarkapp.com",
            ports: &[587, 25, 2525],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unconfirmed(10),
            hint: Hint::TokenTwice,
        },
        trace: Trace {
            hosts: "mtasv.net postmarkapp.com",
            rewritten: "pm_bounces@pm-bounces.* pm_bounces@pm.mtasv.net",
            marks: "X-PM-Message-Id Feedback-ID=:postmark",
            ..NOTHING
        },
    },
    Provider {
        name: "SparkPost",
        also: "",
        preset: Preset {
            smart_hosts: "smtp.sparkpostmail.com smtp.eu.sparkpostmail.com",
            ports: &[587, 2525],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unconfirmed(20),
            hint: Hint::WordSmtpInjection,
        },
        trace: Trace {
            hosts: "sparkpostmail.com",
            rewritten: "msprvs1=*",
            marks: "List-Id=spc. X-MSFBL",
            ..NOTHING
        },
    },
    Provider {
        name: "Mailchimp Transactional",
        also: "Mandrill,Mailchimp",
        preset: Preset {
            smart_hosts: "smtp.mandrillapp.com",
            ports: &[587, 25, 2525, 465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unconfirmed(25),
            hint: Hint::AnyTextAndApiKey,
        },
        trace: Trace {
            hosts: "mandrillapp.com mcsv.net mcdlv.net",
            rewritten: "bounce-md_*",

            ..NOTHING
        },
    },
    Provider {
        name: "MailerSend",
        also: "",
        preset: Preset {
            smart_hosts: "smtp.mailersend.net",
            ports: &[587],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::DomainUser,
        },
        trace: Trace {
            hosts: "mailersend.net",
            marks: "X-MailerSend-MessageID",
            ..NOTHING
        },
    },
    Provider {
        name: "SMTP2GO",
        also: "",
        preset: Preset {
            smart_hosts: "mail.smtp2go.com",
            ports: &[2525, 587],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Known(50),
            hint: Hint::SmtpUser,
        },
        trace: Trace {
            hosts: "smtp2go.com smtpcorp.com",
            rewritten: "bounce.*@em*.*",
            marks: "X-Smtpcorp-Track",
            ..NOTHING
        },
    },
    Provider {
        name: "Elastic Email",
        also: "ElasticEmail",
        preset: Preset {
            smart_hosts: "smtp.elasticemail.com",
            ports: &[2525, 587, 465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::Unknown,
        },
        trace: Trace {
            hosts: "elasticemail.info elasticemail.com elasticemail.net",
            ..NOTHING
        },
    },
    Provider {
        name: "Google relay",
        also: "Google,Google Workspace,Gmail",
        preset: Preset {
            smart_hosts: "smtp-relay.gmail.com",
            ports: &[587, 25, 465],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unconfirmed(25),
            hint: Hint::AddressListOrAccount,
        },
        trace: Trace {
            hosts: "smtp-relay.gmail.com",
            marks: "X-Relaying-Domain",
            ..NOTHING
        },
    },
    Provider {
        name: "Proofpoint Essentials",
        also: "Proofpoint",
        preset: Preset {
            smart_hosts: "outbound-eu1.ppe-hosted.com outbound-us1.ppe-hosted.com",
            ports: &[587],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::GeneratedCredential,
        },
        trace: Trace {
            gateway: true,
            hosts: "ppe-hosted.com pphosted.com *.ppops.net*",
            software: "PPE Hosted ESMTP Server",
            ..NOTHING
        },
    },
    Provider {
        name: "Mimecast",
        also: "",
        preset: Preset {
            smart_hosts: "",
            ports: &[587, 25],
            mechanism: Mechanism::None,
            limit: Limit::Unknown,
            hint: Hint::AddressList,
        },
        trace: Trace {
            gateway: true,
            hosts: "mimecast.com mimecast.lan",
            marks: "X-MC-Unique X-Mimecast-Originator",
            ..NOTHING
        },
    },
    Provider {
        name: "Hornetsecurity",
        also: "Antispameurope",
        preset: Preset {
            smart_hosts: "",
            ports: &[25, 587],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::NoSpecialCharacters,
        },
        trace: Trace {
            gateway: true,
            hosts: "hornetsecurity.com antispameurope.com",
            marks: "X-cloud-security-*",
            ..NOTHING
        },
    },
    Provider {
        name: "Mailinblack",
        also: "Mail in Black",
        preset: Preset {
            smart_hosts: "",
            ports: &[],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::Unknown,
        },
        trace: Trace {
            gateway: true,
            hosts: "mailinblack.com",
            ..NOTHING
        },
    },
    Provider {
        name: "Vade",
        also: "Vade Secure",
        preset: Preset {
            smart_hosts: "",
            ports: &[],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::Unknown,
        },
        trace: Trace {
            gateway: true,
            hosts: "vadesecure.com",
            ..NOTHING
        },
    },
    Provider {
        name: "Altospam",
        also: "",
        preset: Preset {
            smart_hosts: "",
            ports: &[],
            mechanism: Mechanism::BasicRequireTls,
            limit: Limit::Unknown,
            hint: Hint::Unknown,
        },
        trace: Trace {
            gateway: true,
            ..NOTHING
        },
    },
];
