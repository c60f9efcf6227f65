package bellframe.iam;

import bellframe.credentials.MasterKey;
import bellframe.credentials.Unsealable;
import bellframe.policy.PolicyDocument;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Keys and rows of IAM_USERS, IAM_ACCESS_KEYS, IAM_ROLES and IDENTITY_PROVIDERS.
final class IamTables {

    private static final int USER_VERSION = 1;
    private static final int ACCESS_KEY_VERSION = 1;
    private static final int ROLE_VERSION = 1;
    private static final int PROVIDER_VERSION = 1;
    /// The purpose of the seals of secrets.
    private static final String SECRET = "access-key";

    private IamTables() {
    }

    /// The one partition of all of an account's rows.
    static Key partition(String account) {
        return Key.of("iam", account);
    }

    static Key named(String name) {
        return Key.of(foldCase(name));
    }

    static String foldCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static byte[] row(IamUser user) {
        var row = new RowWriter(USER_VERSION).text(user.arn())
                .text(user.name())
                .text(user.path())
                .text(user.id())
                .time(user.created());
        write(row, user.attachments());
        return row.list(user.accessKeyIds(), RowWriter::text).toBytes();
    }

    static IamUser user(byte[] row) {
        var reader = new RowReader(row, USER_VERSION);
        return new IamUser(reader.text(), reader.text(), reader.text(), reader.text(), reader.time(),
                attachments(reader), reader.list(RowReader::text));
    }

    static byte[] row(IamRole role) {
        var row = new RowWriter(ROLE_VERSION).text(role.arn())
                .text(role.name())
                .text(role.path())
                .text(role.id())
                .time(role.created())
                .optional(role.description(), RowWriter::text)
                .number(role.maxSession().toSeconds())
                .text(role.trust().json());
        write(row, role.attachments());
        return row.toBytes();
    }

    static IamRole role(byte[] row) {
        var reader = new RowReader(row, ROLE_VERSION);
        return new IamRole(reader.text(), reader.text(), reader.text(), reader.text(), reader.time(),
                reader.optional(RowReader::text), Duration.ofSeconds(reader.number()),
                PolicyDocument.parse(PolicyDocument.Kind.TRUST, reader.text()), attachments(reader));
    }

    static byte[] row(IdentityProvider provider) {
        var row = new RowWriter(PROVIDER_VERSION).text(provider.arn())
                .text(provider.name())
                .list(provider.clientIds(), RowWriter::text)
                .list(provider.thumbprints(), RowWriter::text)
                .time(provider.created());
        write(row, provider.tags());
        return row.toBytes();
    }

    static IdentityProvider provider(byte[] row) {
        var reader = new RowReader(row, PROVIDER_VERSION);
        return new IdentityProvider(reader.text(), reader.text(), reader.list(RowReader::text),
                reader.list(RowReader::text), reader.time(), texts(reader));
    }

    /// The secret lies in the store as the master key seals it.
    static byte[] row(UserAccessKey key, MasterKey masterKey) {
        return new RowWriter(ACCESS_KEY_VERSION).text(key.id())
                .text(key.userName())
                .bytes(masterKey.seal(SECRET, key.secret().getBytes(StandardCharsets.UTF_8)))
                .flag(key.active())
                .time(key.created())
                .toBytes();
    }

    static UserAccessKey accessKey(byte[] row, MasterKey masterKey) {
        var reader = new RowReader(row, ACCESS_KEY_VERSION);
        return new UserAccessKey(reader.text(), reader.text(), open(reader.bytes(), masterKey), reader.flag(),
                reader.time());
    }

    /// The seal in an access key's row.
    static byte[] sealedSecret(byte[] row) {
        var reader = new RowReader(row, ACCESS_KEY_VERSION);
        reader.text();
        reader.text();
        return reader.bytes();
    }

    private static String open(byte[] sealed, MasterKey masterKey) {
        try {
            return new String(masterKey.open(SECRET, sealed), StandardCharsets.UTF_8);
        } catch (Unsealable damaged) {
            throw new IllegalStateException("the secret of an access key in the store cannot be opened", damaged);
        }
    }

    private static void write(RowWriter row, Attachments attachments) {
        write(row, attachments.tags());
        row.list(attachments.policies().entrySet(),
                (writer, policy) -> writer.text(policy.getKey()).text(policy.getValue().json()));
    }

    private static Attachments attachments(RowReader reader) {
        Map<String, String> tags = texts(reader);
        var policies = new LinkedHashMap<String, PolicyDocument>();
        reader.list(entry -> Map.entry(entry.text(), entry.text()))
                .forEach(policy -> policies.put(policy.getKey(),
                        PolicyDocument.parse(PolicyDocument.Kind.IDENTITY, policy.getValue())));
        return new Attachments(tags, policies);
    }

    private static void write(RowWriter row, Map<String, String> texts) {
        row.list(texts.entrySet(), (writer, text) -> writer.text(text.getKey()).text(text.getValue()));
    }

    private static Map<String, String> texts(RowReader reader) {
        var texts = new LinkedHashMap<String, String>();
        reader.list(entry -> Map.entry(entry.text(), entry.text()))
                .forEach(text -> texts.put(text.getKey(), text.getValue()));
        return texts;
    }
}
