package bellframe.http;

import bellframe.api.Input;
import bellframe.credentials.SignedRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of a routed request, as an operation's reader wants them.
record RequestInput(SignedRequest request, Map<String, String> labels, Query query) implements Input {

    @Override
    public @Nullable String label(String name) {
        return labels.get(name);
    }

    @Override
    public @Nullable String query(String name) {
        return query.get(name);
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = request.headers().get(name);
        return values == null ? null : values.getFirst();
    }

    @Override
    public byte[] body() {
        return request.body();
    }
}
