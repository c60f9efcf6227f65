package bellframe.server.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every key of the configuration, with its default, what is allowed and what it means.
///
/// One word names a setting everywhere: `ADMIN_PORT` is `adminPort` in a file, `BELLFRAME_ADMIN_PORT` in the
/// environment and, where the command line offers it, `--admin-port`.
public enum Setting {
    DATA("data", "the path of a folder", """
            The data folder: keys, certificates and everything the server stores.
            A relative path starts at the current directory."""),
    PORT("8080", "0 to 65535", """
            The port for clients: HTTP, HTTPS and WebSocket with and without TLS, all on this one.
            0 takes any free port."""),
    ADMIN_PORT("8081", "0 to 65535, other than port", """
            The port on loopback for /healthz, /readyz and /metrics. 0 takes any free port."""),
    HOST("", "empty, or a name or address of this machine", """
            The address to listen on for clients. Empty listens on all, IPv4 and IPv6."""),
    PUBLIC_HOST("", "empty, or host or host:port", """
            The name under which clients reach this server, if it is not the one they send as Host.
            GetMessagingSessionEndpoint answers it, and the server certificate carries it."""),
    TLS_CERTIFICATE_FILE("", "empty, or the path of a file", """
            A certificate of your own in PEM, instead of one by the local authority; goes with tlsKeyFile.
            Those between it and what clients trust come behind it. Both files are looked at every few seconds,
            and changed ones are used for new connections. A relative path starts at the current directory."""),
    TLS_KEY_FILE("", "empty, or the path of a file", """
            The private key of tlsCertificateFile in PEM: RSA, EC or Ed25519, without a passphrase."""),
    ACCOUNT("", "empty, or 12 digits", """
            The AWS account in all ARNs. Empty makes one up. Fixed at the first start of a data folder."""),
    REGION("us-east-1", "lower-case letters, digits and hyphens, 1 to 63", """
            The region in all ARNs. Fixed at the first start of a data folder."""),
    TRUSTED_PROXIES("", "empty, or IP addresses and blocks like 10.0.0.0/8, separated by commas", """
            The proxies before this server. For what they send, the client's address is the last one in X-Forwarded-For
            that is not among these; anybody else's X-Forwarded-For is ignored."""),
    PROXY_PROTOCOL("false", "true or false", """
            Whether connections from trustedProxies begin with a header of the PROXY protocol, version 1 or 2, which
            names the client. Without one they are closed."""),
    LIMITS("standard", "standard or aws",
            """
                    Which limits hold: standard has those that AWS documents for sizes and numbers, aws those for rates too."""),
    RATES_PERCENT("100", "1 to 10000", """
            How much of each documented rate is allowed when limits is aws, in percent."""),
    REQUESTS_IN_FLIGHT_MAX("1024", "1 to 1000000", """
            How many requests are worked on at a time. The next one is answered with 429."""),
    CONNECTIONS_PER_ADDRESS_MAX("10000", "0 to 10000000",
            """
                    How many connections one IPv4 address or IPv6 network of 64 bits may have, trusted proxies aside. The next one is
                    closed at once. 0 is any number."""),
    FAILED_SIGNATURES_PER_MINUTE_MAX("1000", "0 to 10000000",
            """
                    How many signatures and identity tokens of one such address may be refused in a minute. Then its requests are
                    answered with 429 unread, and its sessions closed with 4429, until others would be let through. 0 is any number."""),
    SESSIONS_PER_USER_MAX("10", "1 to 10000", """
            How many sessions one user may have. The next one is closed with 4429."""),
    SESSION_PENDING_BYTES_MAX("1MiB", "64KiB to 1GiB", """
            How many bytes may wait for one slow session. It is closed with 1013 when there are more."""),
    SESSION_STALL_LIMIT("10s", "1s to 10m", """
            A session that takes none of the bytes that wait for it for this long is closed with 1013."""),
    SESSION_CONNECTS_PER_SECOND_MAX("0", "0 to 10000", """
            How often one user may connect in a second. The next connection is closed with 4429. 0 is any number.
            When limits is aws, the default is 1."""),
    SESSION_FRAME_BYTES_MAX("4KiB", "125B to 1MiB",
            """
                    How large a frame from a client may be; clients have nothing to say. A larger one ends the session with 1009."""),
    SESSION_FRAMES_PER_SECOND_MAX("100", "1 to 1000000",
            """
                    How many frames, pings and pongs too, a client may send in a second. One more ends the session with 1008."""),
    SESSION_PING_INTERVAL("30s", "1s to 10m", """
            How often sessions are pinged. A client that left two pings unanswered is cut off instead of the third."""),
    SESSION_REPLAY_LIMIT("168h", "1m to 8760h",
            """
                    How far back a client that connects can ask to be told what it missed. Messages are kept whatever this says."""),
    SESSION_REPLAY_EVENTS_MAX("5000", "1 to 100000",
            """
                    How many events such a client is told at most. One that missed more is told that, and has to list."""),
    HANDSHAKE_LIMIT("10s", "1s to 10m",
            """
                    How long a new connection may take, TLS handshake included, until the headers of its first request are there."""),
    DRAIN_SPREAD("5s", "0s to drainLimit",
            """
                    When the server stops, sessions are closed over this time, so that clients do not all reconnect at once."""),
    DRAIN_LIMIT("15s", "1s to 10m", """
            The process is gone this long after SIGTERM at the latest, whatever clients do."""),
    FREE_SPACE_RESERVE_BYTES("256MiB", "1MiB to 1024GiB", """
            Writes are refused while the disk has less free space than this."""),
    STORE_MEMORY_BYTES("256MiB", "8MiB to 1024GiB", """
            How much memory the store uses for what it caches and has not yet written to files."""),
    SLOW_OPERATION("1s", "1ms to 10m", """
            An operation that takes at least this long gets a line in the log."""),
    SWEEP_INTERVAL("1h", "1s to 6h",
            """
                    How often the server looks for channels and users that have expired, and for messages and changes kept long enough."""),
    LOG_FORMAT("auto", "auto, text or json", """
            How log lines look: text for people, json for one object a line.
            auto is text when standard error is a terminal, json otherwise."""),
    LOG_LEVEL("info", "error, warn, info, debug or trace", """
            Which log lines are written: this level and the more severe ones."""),
    DEV("false", "true or false; true goes with a host on loopback",
            """
                    For development on one machine: requests signed with any key are believed, and only this machine is listened to."""),
    AUDIT_LOG("file", "file or log",
            """
                            Where calls that matter to security are noted, one JSON object a line: keys, policies, roles, deletions, credentials
                            given, and denials. file is audit/audit.jsonl in the data folder, and refused.jsonl beside it for what was refused, both
                    rolled over; log is the server's log."""),
    CREDENTIAL_EXCHANGE_ROLE("", "empty, or the ARN of a role",
            """
                    POST /creds takes a token of credentialExchangeProvider and gives credentials of this role. Empty gives none."""),
    CREDENTIAL_EXCHANGE_PROVIDER("", "empty, or the URL of an OIDC identity provider",
            """
                    Whose tokens POST /creds takes; it must have been registered with IAM. Goes with credentialExchangeRole."""),
    CREDENTIAL_EXCHANGE_APP_INSTANCE("", "empty, or the ARN of an app instance", """
            Where POST /creds creates users. Empty is the app instance that exists from the start."""),
    CREDENTIAL_EXCHANGE_USER_CLAIM("sub", "the name of a claim", """
            The claim of the token that becomes the user's id: unique, and the same for ever."""),
    CREDENTIAL_EXCHANGE_DURATION("1h", "15m to 12h, and no more than the role allows", """
            How long credentials of POST /creds are good."""),
    MASTER_KEY("", "empty, or 64 hexadecimal digits",
            """
                    The key under which secrets are sealed in the data folder, and session tokens. Empty keeps a random one in the
                    data folder. It can be read from a file: masterKeyFile or BELLFRAME_MASTER_KEY_FILE name one."""),
    PREVIOUS_MASTER_KEY("", "empty, or 64 hexadecimal digits other than masterKey",
            """
                    The master key before this one; goes with masterKey. At the next start secrets are sealed again with masterKey,
                    and sessions of temporary credentials end. previousMasterKeyFile names a file with it."""),
    IDENTITY_PROVIDER_CA_FILE("", "empty, or the path of a file",
            """
                    Certificates in PEM of authorities that OIDC identity providers may have their certificates from, beside those
                    that Java trusts. A relative path starts at the current directory."""),
    LAMBDA_ENDPOINT("",
            "empty, aws, or a URL of https without user and fragment; http goes with outboundPrivateAddresses",
            """
                    Where the Lambda functions of channel flows are invoked: aws is AWS itself, in the region of the function's ARN; a
                    URL is something that answers like it. Empty invokes none. Credentials come from where AWS SDKs look for them."""),
    PROCESSOR_WEBHOOKS("",
            "empty, or ARNs of Lambda functions, each with = and a URL, separated by commas; URLs are of https without user and fragment; http goes with outboundPrivateAddresses",
            """
                    Processors of channel flows that are no Lambda functions: what a flow names by such an ARN is posted to the URL.
                    Goes with webhookSecret."""),
    KINESIS_ENDPOINT("",
            "empty, aws, or a URL of https without user and fragment; http goes with outboundPrivateAddresses",
            """
                    Where the streams are that app instances name: aws is AWS itself, in the region of the stream's ARN; a URL is
                    something that answers like it. Empty streams nothing but to streamSinks."""),
    STREAM_SINKS("",
            "empty, or ARNs of Kinesis streams whose names begin with chime-messaging-, each with = and kafka: and a topic, nats: and a subject, or a URL, separated by commas; URLs are of https without user and fragment; http goes with outboundPrivateAddresses",
            """
                    Streams that are not in Kinesis: what goes to a stream of such an ARN is appended to the topic of Kafka, published to
                    the subject of NATS JetStream, or posted to the URL. URLs go with webhookSecret."""),
    KAFKA_PROPERTIES_FILE("", "empty, or the path of a file",
            """
                    The properties of Kafka's clients: bootstrap.servers, and whatever security needs. A relative path starts at the
                    current directory."""),
    NATS_SERVERS("", "empty, or URLs of nats or tls, separated by spaces",
            """
                    The servers of one cluster of NATS, maybe with user and password. natsServersFile names a file with them."""),
    NATS_CREDENTIALS_FILE("", "empty, or the path of a file",
            """
                    Credentials for NATS, as nsc makes them. A relative path starts at the current directory."""),
    PUSH_APPS_FILE("", "empty, or the path of a file",
            """
                    How APNs, FCM and browsers' push services are reached for each app: JSON, see README. Empty pushes nothing. A
                    relative path starts at the current directory."""),
    LEX_ENDPOINT("",
            "empty, aws, or a URL of https without user and fragment; http goes with outboundPrivateAddresses",
            """
                    Where bots of Lex V2 are asked: aws is AWS itself, in the region of the alias's ARN; a URL is something that answers
                    like it. Empty asks none."""),
    BOT_WEBHOOKS("",
            "empty, or ARNs of aliases of Lex V2 bots, each with = and a URL, separated by commas; URLs are of https without user and fragment; http goes with outboundPrivateAddresses",
            """
                    Bots that are not of Lex: what is asked of a bot with such an ARN is posted to the URL. Goes with webhookSecret."""),
    ALERT_EVENT_BRIDGE_ENDPOINT("",
            "empty, aws, or a URL of https without user and fragment; http goes with outboundPrivateAddresses", """
                    Where alerts are put on a bus of EventBridge, beside the log. Empty puts them on none."""),
    ALERT_EVENT_BUS("default", "1 to 256 letters, digits and ._/-", """
            The name of that bus."""),
    ALERT_SOURCE("aws.chime", "1 to 256 printable ASCII characters without spaces",
            """
                    The source in alerts. Rules that were written for AWS look for aws.chime, but AWS lets nobody else say so: when
                    alertEventBridgeEndpoint is aws, it must not begin with aws."""),
    ALERT_WEBHOOK("", "empty, or a URL of https without user and fragment; http goes with outboundPrivateAddresses", """
            Where alerts are posted, beside the log. Goes with webhookSecret."""),
    WEBHOOK_SECRET("", "empty, or whsec_ and 24 to 64 bytes in Base64; or two of them, separated by a space",
            """
                    What webhooks are signed with, as the Standard Webhooks specification says. Two both sign, so that receivers can
                    change from one to the other. webhookSecretFile names a file with it."""),
    OUTBOUND_HOSTS("", "empty, or host names or addresses, separated by commas", """
            Who may be called beside the hosts of the URLs above. Nobody else ever is."""),
    OUTBOUND_PRIVATE_ADDRESSES("false", "true or false",
            """
                    Whether those hosts may have addresses of this machine or a private network, where URLs may be of plain http too."""),
    OUTBOUND_CA_FILE("", "empty, or the path of a file",
            """
                    Certificates in PEM of authorities that those hosts may have their certificates from, beside those that Java
                    trusts. A relative path starts at the current directory."""),
    ROOT_ACCESS_KEY_ID("", "empty, or 16 to 128 letters, digits and underscores",
            """
                    The root access key to install at the first start instead of a random one; goes with rootSecretAccessKey."""),
    ROOT_SECRET_ACCESS_KEY("", "empty, or 16 to 128 printable ASCII characters without spaces", """
            The secret of rootAccessKeyId. It can be read from a file:
            rootSecretAccessKeyFile or BELLFRAME_ROOT_SECRET_ACCESS_KEY_FILE name one.""");

    static final String ENVIRONMENT_PREFIX = "BELLFRAME_";

    private final String defaultText;
    private final String allowed;
    private final String documentation;

    Setting(String defaultText, String allowed, String documentation) {
        this.defaultText = defaultText;
        this.allowed = allowed;
        this.documentation = documentation;
    }

    /// The name in a configuration file, and in messages.
    public String key() {
        String words = Arrays.stream(name().toLowerCase(Locale.ROOT).split("_"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        return Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }

    /// The name of the environment variable.
    public String variable() {
        return ENVIRONMENT_PREFIX + name();
    }

    /// Whether the value must never be shown, and may be read from a file of its own.
    public boolean secret() {
        return this == ROOT_SECRET_ACCESS_KEY || this == MASTER_KEY || this == PREVIOUS_MASTER_KEY
                || this == WEBHOOK_SECRET || this == NATS_SERVERS;
    }

    String defaultText() {
        return defaultText;
    }

    String allowed() {
        return allowed;
    }

    String documentation() {
        return documentation;
    }

    void require(boolean allowed, @Nullable Object value) {
        if (!allowed) {
            throw refusal(String.valueOf(value));
        }
    }

    /// For a setting whose value is the path of a file.
    public InvalidConfig unreadable(@Nullable Path file, IOException problem) {
        return new InvalidConfig(this, key() + " is " + file + ", which cannot be read: " + problem);
    }

    InvalidConfig refusal(String value) {
        String shown = secret() ? "has a value that is not allowed" : "is " + (value.isEmpty() ? "empty" : value);
        return new InvalidConfig(this, key() + " " + shown + ", must be " + allowed);
    }
}
