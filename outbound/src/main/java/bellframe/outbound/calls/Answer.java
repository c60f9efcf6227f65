package bellframe.outbound.calls;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came back.
///
/// @param headers values in order of arrival under lower-case names
/// @param body as much of it as may be read
/// @param cut whether there was more
public record Answer(int status, Map<String, List<String>> headers, byte[] body, boolean cut) {

    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;

    /// Whether the receiver says that all went well.
    public boolean successful() {
        return status >= OK && status < MULTIPLE_CHOICES;
    }

    /// The first value of a header; null if there is none.
    ///
    /// @param name in lower case
    public @Nullable String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
