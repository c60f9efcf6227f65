package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;

/// What a server answered to reading requests, kept in a file, to be compared with what later versions answer.
final class KeptAnswers {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final ArrayNode answers;

    private KeptAnswers(ArrayNode answers) {
        this.answers = answers;
    }

    static KeptAnswers none() {
        return new KeptAnswers(JSON.createArrayNode());
    }

    static KeptAnswers read(Path file) throws IOException {
        return new KeptAnswers((ArrayNode) JSON.readTree(file.toFile()));
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), answers);
    }

    /// Asks and keeps the answer.
    ///
    /// @param path with its query, encoded
    /// @param bearer empty for none
    JsonNode keep(SdkClients clients, String path, String bearer) {
        JsonNode body = ask(clients, path, bearer);
        answers.addObject().put("path", path).put("bearer", bearer).set("body", body);
        return body;
    }

    /// Asks everything again. An answer may have members that it did not have, but none may be lost or different.
    void check(SdkClients clients) {
        assertThat(answers).isNotEmpty();
        for (JsonNode kept : answers) {
            String path = kept.path("path").textValue();
            assertContains(ask(clients, path, kept.path("bearer").textValue()), kept.path("body"), path);
        }
    }

    private static void assertContains(JsonNode actual, JsonNode expected, String where) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(member -> assertContains(actual.path(member.getKey()), member.getValue(),
                            where + " " + member.getKey()));
        } else if (expected.isArray()) {
            assertThat(actual).as(where).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertContains(actual.path(i), expected.get(i), where + " " + i);
            }
        } else {
            assertThat(actual).as(where).isEqualTo(expected);
        }
    }

    private static JsonNode ask(SdkClients clients, String path, String bearer) {
        HttpResponse<String> answer = clients.signedRequests()
                .send(SdkHttpMethod.GET, path, bearer.isEmpty() ? Map.of() : Map.of("x-amz-chime-bearer", bearer), "");
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
