package bellframe.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request body, read member by member: one JSON object in UTF-8, or nothing at all, which stands for `{}`.
///
/// Inside an object, [#nextMember] steps to the next member; then exactly one of the reading methods takes its value.
/// They answer null for an explicit null, which is the same as an absent member. Anything unexpected ends in
/// [InvalidInput]; the parser's own words stay inside, because they quote the input.
public final class JsonInput implements AutoCloseable {

    /// Reads one item of a list or one value of a map; null if it is a JSON null.
    @FunctionalInterface
    public interface ItemReader<T> {
        @Nullable
        T read(JsonInput json);
    }

    /// Deeper than any shape of the API; members that we do not know may be deeper than ours.
    private static final int NESTING_MAX = 64;
    private static final int BUFFERS_KEPT_MAX = 64;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names belong to the client: sharing them between requests would let one client fill what all use.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // By default buffers are kept by thread, and each request has a virtual thread of its own.
            .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS_KEPT_MAX))
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    /// Marks the object of a map, whose names belong to the client and stay out of messages.
    private static final Object MAP = new Object();

    private final JsonParser parser;
    private String member = "";

    private JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    /// Opens a body and enters its object.
    public static JsonInput open(byte[] body) {
        char[] text = body.length == 0 ? new char[]{'{', '}'} : decode(body);
        try {
            var input = new JsonInput(FACTORY.createParser(text));
            if (input.next() != JsonToken.START_OBJECT) {
                throw new InvalidInput("the body must be a JSON object");
            }
            return input;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Decodes strictly: the parser itself would let surrogates encoded as UTF-8 through, and other encodings.
    private static char[] decode(byte[] body) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            char[] characters = new char[text.length()];
            text.get(characters);
            return characters;
        } catch (CharacterCodingException _) {
            throw new InvalidInput("the body is not valid UTF-8");
        }
    }

    /// Steps to the next member of the current object; false when there is none, and the object is left.
    public boolean nextMember() {
        if (next() == JsonToken.END_OBJECT) {
            requireEndOfBody();
            return false;
        }
        member = name();
        next();
        return true;
    }

    /// The name of the member that [#nextMember] found.
    public String member() {
        return member;
    }

    /// Whether the value is an explicit null.
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /// Demands that the value is an object and enters it.
    public void enterObject() {
        expect(JsonToken.START_OBJECT, "must be an object");
    }

    /// Passes over the value, whatever it is.
    public void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    public @Nullable String string() {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.VALUE_STRING, "must be a string");
        String value = text();
        if (hasLoneSurrogate(value)) {
            throw broken("must be valid Unicode");
        }
        return value;
    }

    public @Nullable Integer integer() {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.VALUE_NUMBER_INT, "must be a whole number");
        try {
            if (parser.getNumberType() != JsonParser.NumberType.INT) {
                throw broken("must be a whole number of 32 bits");
            }
            return parser.getIntValue();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    public @Nullable Boolean bool() {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case null, default -> throw broken("must be true or false");
        };
    }

    /// A moment as a number of seconds since 1970.
    public @Nullable Instant timestamp() {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Timestamps.parseSeconds(path(), text());
            case null, default -> throw broken("must be a number of seconds since 1970");
        };
    }

    public <E extends WireValue> @Nullable E oneOf(EnumValues<E> values) {
        String value = string();
        return value == null ? null : values.require(path(), value);
    }

    public <T> @Nullable List<T> list(ItemReader<T> item) {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.START_ARRAY, "must be a list");
        List<T> items = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            items.add(present(item));
        }
        return items;
    }

    public <T> @Nullable Map<String, T> map(ItemReader<T> value) {
        if (isNull()) {
            return null;
        }
        enterObject();
        parser.assignCurrentValue(MAP);
        Map<String, T> entries = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            String key = name();
            if (hasLoneSurrogate(key)) {
                throw broken("must be valid Unicode");
            }
            next();
            entries.put(key, present(value));
        }
        return entries;
    }

    /// The value of a member of the object that was just left, which must be there.
    public <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new InvalidInput(path() + "." + name + ": is required");
        }
        return value;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private <T> T present(ItemReader<T> item) {
        if (isNull()) {
            throw broken("must not be null");
        }
        T value = item.read(this);
        if (value == null) {
            throw new IllegalStateException("a reader answered null for a value that is there");
        }
        return value;
    }

    private void requireEndOfBody() {
        if (parser.getParsingContext().inRoot() && next() != null) {
            throw new InvalidInput("the body must hold nothing after its JSON object");
        }
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String name() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void expect(JsonToken token, String rule) {
        if (parser.currentToken() != token) {
            throw broken(rule);
        }
    }

    private InvalidInput broken(String rule) {
        return new InvalidInput(path() + ": " + rule);
    }

    /// The path of the current value.
    private String path() {
        JsonStreamContext context = parser.getParsingContext();
        JsonToken token = parser.currentToken();
        boolean entered = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        return path(entered ? context.getParent() : context, token == JsonToken.FIELD_NAME ? "key" : "value");
    }

    private static String path(JsonStreamContext context, String part) {
        if (context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent(), "value");
        if (context.inArray()) {
            return "%s[%d]".formatted(parent, context.getCurrentIndex());
        }
        if (context.getCurrentValue() == MAP) {
            return "%s[%d].%s".formatted(parent, context.getCurrentIndex(), part);
        }
        return parent.isEmpty() ? context.getCurrentName() : parent + "." + context.getCurrentName();
    }

    private static boolean hasLoneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return true;
            }
            i += Character.charCount(codePoint);
        }
        return false;
    }

    private static InvalidInput unreadable(IOException e) {
        return new InvalidInput(
                e instanceof StreamConstraintsException
                        ? "the body is nested too deeply, or a name or value in it is too long"
                        : "the body is not valid JSON");
    }
}
