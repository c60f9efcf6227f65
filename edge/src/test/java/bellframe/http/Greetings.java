package bellframe.http;

import bellframe.api.Call;
import bellframe.api.Input;
import bellframe.api.InvalidInput;
import bellframe.api.Operation;
import bellframe.api.Operation.FixedQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service with a table made by hand: each operation does what the body's first word says.
interface Greetings {

    /// What an operation gets to see.
    record Greeting(String operation, @Nullable String label, @Nullable String max, String body) {
    }

    String greet(Call call, Greeting greeting);

    List<Operation<Greetings, ?, ?>> TABLE = List.of(
            operation("ListChannels", "GET", "channels", null, 200, true),
            operation("ListMemberships", "GET", "channels", new FixedQuery("scope", "app-instance-user-memberships"),
                    200,
                    true),
            operation("CreateChannel", "POST", "channels", null, 201, true),
            operation("SearchChannels", "POST", "channels", new FixedQuery("operation", "search"), 200, true),
            operation("DescribeChannel", "GET", "channels/{channelArn}", null, 200, true),
            operation("DeleteChannel", "DELETE", "channels/{channelArn}", null, 204, true),
            operation("RedactMessage", "POST", "channels/{channelArn}/messages/{messageId}",
                    new FixedQuery("operation", "redact"), 200, true),
            operation("GetEndpoint", "GET", "endpoints/messaging-session", null, 200, false),
            operation("TagResource", "POST", "tags", new FixedQuery("operation", "tag-resource"), 204, false));

    private static Operation<Greetings, Greeting, String> operation(
            String name, String method, String path, @Nullable FixedQuery fixed, int status, boolean bearer) {
        return new Operation<>(
                name,
                method,
                List.of(path.split("/")),
                fixed,
                status,
                bearer,
                List.of(),
                input -> read(name, input),
                Greetings::validate,
                _ -> List.of(),
                Greetings::greet,
                (json, output) -> {
                    if (status != 204) {
                        json.writeStartObject();
                        json.writeStringField("Greeting", output);
                        json.writeEndObject();
                    }
                });
    }

    private static Greeting read(String name, Input input) {
        return new Greeting(
                name,
                input.label("channelArn"),
                input.query("max-results"),
                new String(input.body(), StandardCharsets.UTF_8));
    }

    private static void validate(Greeting greeting) {
        if ("0".equals(greeting.max())) {
            throw new InvalidInput("MaxResults must be at least 1");
        }
    }
}
