package bellframe.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request body of the AWS Query protocol: form fields such as `Action=CreateUser&Tags.member.1.Key=k`.
///
/// What cannot be read ends in [InvalidInput], whose message quotes neither values nor names: both are the client's.
public final class QueryForm {

    /// More than any operation can use with every list as long as it may be.
    private static final int FIELDS_MAX = 1_000;

    private final NavigableMap<String, String> fields = new TreeMap<>();

    private QueryForm() {
    }

    public static QueryForm parse(byte[] body) {
        var form = new QueryForm();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '&') {
                form.add(body, start, i);
                start = i + 1;
            }
        }
        return form;
    }

    /// What the form asks for: the name of an operation.
    public @Nullable String action() {
        return fields.get("Action");
    }

    /// The version of the service's API that the client speaks.
    public @Nullable String version() {
        return fields.get("Version");
    }

    /// The value of a field; null if there is none.
    public @Nullable String field(String name) {
        return fields.get(name);
    }

    /// All fields, as members of an input.
    public QueryValue input() {
        return QueryValue.all(fields);
    }

    /// Adds the field in a part of the body. Nothing between two separators is no field; a name alone has the empty value.
    private void add(byte[] body, int start, int end) {
        if (start == end) {
            return;
        }
        int equals = start;
        while (equals < end && body[equals] != '=') {
            equals++;
        }
        String name = decode(body, start, equals);
        String value = decode(body, Math.min(equals + 1, end), end);
        if (fields.putIfAbsent(name, value) != null) {
            throw new InvalidInput("the form must not hold a field twice");
        }
        if (fields.size() > FIELDS_MAX) {
            throw new InvalidInput("the form must hold at most " + FIELDS_MAX + " fields");
        }
    }

    private static String decode(byte[] body, int start, int end) {
        var bytes = new ByteArrayOutputStream(end - start);
        int i = start;
        while (i < end) {
            switch (body[i]) {
                case '+' -> bytes.write(' ');
                case '%' -> {
                    bytes.write(escaped(body, i, end));
                    i += 2;
                }
                default -> bytes.write(body[i]);
            }
            i++;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException _) {
            throw new InvalidInput("the form is not valid UTF-8");
        }
    }

    /// The byte that three characters stand for: `%2F`.
    private static int escaped(byte[] body, int percent, int end) {
        if (percent + 2 >= end || !HexFormat.isHexDigit(body[percent + 1])
                || !HexFormat.isHexDigit(body[percent + 2])) {
            throw new InvalidInput("the form has a percent sign without two hexadecimal digits");
        }
        return HexFormat.fromHexDigit(body[percent + 1]) << 4 | HexFormat.fromHexDigit(body[percent + 2]);
    }
}
