package bellframe.sts;

import bellframe.credentials.MasterKey;
import bellframe.credentials.SessionFacts;
import bellframe.credentials.Unsealable;
import bellframe.policy.PolicyDocument;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Seals temporary keys into the tokens that clients send along, so that nothing has to be kept of them.
///
/// Only the present master key opens a token: its rotation ends every session.
final class SessionTokens {

    /// The longest token, in characters: it travels in a header, or in a query.
    static final int MAX_LENGTH = 16 * 1024;

    private static final String PURPOSE = "session-token";
    private static final int VERSION = 1;
    private static final int OF_ROLE = 0;
    private static final int OF_USER = 1;
    private static final int OF_ROOT = 2;

    /// Tokens that were opened take at most this part of the heap.
    private static final long HEAP_SHARES = 64;
    /// What a key takes in memory for each character of its token, with the token; measured.
    private static final long BYTES_PER_CHARACTER = 6;

    private final MasterKey masterKey;
    private final Cache<String, TemporaryKey> opened = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / HEAP_SHARES)
            .weigher((String token, TemporaryKey _) -> Math.toIntExact(1_000 + token.length() * BYTES_PER_CHARACTER))
            .executor(Runnable::run)
            .build();

    SessionTokens(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    String seal(TemporaryKey key) {
        return text(masterKey.seal(PURPOSE, write(key)));
    }

    private static String text(byte[] sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /// What was sealed; null if the text is no token of this server, or of before the last rotation of the master key.
    @Nullable
    TemporaryKey open(String token) {
        TemporaryKey known = opened.getIfPresent(token);
        if (known != null || token.length() > MAX_LENGTH) {
            return known;
        }
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        // Base64 has several spellings of the same bytes; only the one that was given out is a token.
        return masterKey.isSealedByThis(sealed) && text(sealed).equals(token) ? open(token, sealed) : null;
    }

    private @Nullable TemporaryKey open(String token, byte[] sealed) {
        try {
            TemporaryKey key = read(masterKey.open(PURPOSE, sealed));
            opened.put(token, key);
            return key;
        } catch (Unsealable forged) {
            return null;
        }
    }

    private static byte[] write(TemporaryKey key) {
        var row = new RowWriter(VERSION).text(key.id()).text(key.secret());
        write(row, key.holder());
        row.list(key.tags().entrySet(), (writer, tag) -> writer.text(tag.getKey()).text(tag.getValue()));
        write(row, key.facts());
        return row.toBytes();
    }

    private static void write(RowWriter row, TemporaryKey.Holder holder) {
        switch (holder) {
            case TemporaryKey.Holder.OfRole(String name, String id) -> row.number(OF_ROLE).text(name).text(id);
            case TemporaryKey.Holder.OfUser(String name, String id, String keyId) ->
                row.number(OF_USER).text(name).text(id).text(keyId);
            case TemporaryKey.Holder.OfRoot(String keyId) -> row.number(OF_ROOT).text(keyId);
        }
    }

    private static void write(RowWriter row, SessionFacts facts) {
        PolicyDocument policy = facts.policy();
        row.optional(facts.name(), RowWriter::text)
                .time(facts.issued())
                .time(facts.expires())
                .optional(policy == null ? null : policy.json(), RowWriter::text)
                .list(facts.transitiveTagKeys(), RowWriter::text)
                .optional(facts.provider(), RowWriter::text)
                .optional(facts.sourceIdentity(), RowWriter::text);
    }

    private static TemporaryKey read(byte[] row) {
        var reader = new RowReader(row, VERSION);
        return new TemporaryKey(reader.text(), reader.text(), holder(reader), tags(reader), facts(reader));
    }

    private static TemporaryKey.Holder holder(RowReader reader) {
        int kind = Math.toIntExact(reader.number());
        return switch (kind) {
            case OF_ROLE -> new TemporaryKey.Holder.OfRole(reader.text(), reader.text());
            case OF_USER -> new TemporaryKey.Holder.OfUser(reader.text(), reader.text(), reader.text());
            case OF_ROOT -> new TemporaryKey.Holder.OfRoot(reader.text());
            default -> throw new IllegalStateException("a session token for a holder of kind " + kind);
        };
    }

    private static Map<String, String> tags(RowReader reader) {
        var tags = new LinkedHashMap<String, String>();
        reader.list(tag -> Map.entry(tag.text(), tag.text())).forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    private static SessionFacts facts(RowReader reader) {
        return new SessionFacts(reader.optional(RowReader::text), reader.time(), reader.time(),
                policy(reader.optional(RowReader::text)), reader.list(RowReader::text),
                reader.optional(RowReader::text), reader.optional(RowReader::text));
    }

    private static @Nullable PolicyDocument policy(@Nullable String json) {
        return json == null ? null : PolicyDocument.parse(PolicyDocument.Kind.SESSION, json);
    }
}
