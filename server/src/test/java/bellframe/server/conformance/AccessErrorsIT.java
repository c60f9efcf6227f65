package bellframe.server.conformance;

import bellframe.api.QueryService;
import bellframe.api.iam.IamOperations;
import bellframe.api.sts.StsOperations;
import bellframe.server.FaultyServer;
import bellframe.server.SdkClients;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.model.Tag;

/// Each error that the models of IAM and STS declare, as it is on the wire; [AccessErrors] has the table.
class AccessErrorsIT {

    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "chime:*", "Resource": "*"}}
            """;

    @TempDir
    Path data;

    /// An error that an operation declares.
    private record Declared(QueryService<?> service, String operation, String error) {

        static Stream<Declared> all() {
            return Stream.of(IamOperations.SERVICE, StsOperations.SERVICE).flatMap(Declared::of);
        }

        private static Stream<Declared> of(QueryService<?> service) {
            return service.operations()
                    .stream()
                    .flatMap(operation -> operation.errors()
                            .stream()
                            .map(error -> new Declared(service, operation.name(), error)));
        }

        AccessErrors.Row row() {
            return AccessErrors.ROWS.stream().filter(row -> row.covers(operation, error)).findFirst().orElseThrow();
        }
    }

    @Test
    void everyDeclaredErrorIsInExactlyOneRow() {
        var softly = new SoftAssertions();
        Declared.all()
                .forEach(declared -> softly
                        .assertThat(AccessErrors.ROWS.stream()
                                .filter(row -> row.covers(declared.operation(), declared.error())))
                        .as(declared.operation() + " " + declared.error())
                        .hasSize(1));
        for (AccessErrors.Row row : AccessErrors.ROWS) {
            softly.assertThat(Declared.all().filter(declared -> row.covers(declared.operation(), declared.error())))
                    .as(row.toString())
                    .hasSizeGreaterThanOrEqualTo(Math.max(1, row.operations().size()));
        }
        softly.assertAll();
    }

    @Test
    void whatCanComeAboutDoes() {
        try (var server = new FaultyServer(data, Map.of())) {
            SdkClients clients = server.clients();
            fill(clients);
            var softly = new SoftAssertions();
            Declared.all().filter(declared -> declared.row().isProvoked()).forEach(declared -> {
                HttpResponse<String> answer = call(clients, declared);
                softly.assertThat(answer.body())
                        .as(declared.operation())
                        .contains("<Code>" + declared.error() + "</Code>", "<Type>Sender</Type>");
                softly.assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 409);
            });
            softly.assertAll();
        }
    }

    private static void fill(SdkClients clients) {
        String name = AccessErrors.PRESENT;
        var tags = IntStream.range(0, 50).mapToObj(i -> Tag.builder().key("k" + i).value("v").build()).toList();
        clients.iam().createUser(user -> user.userName(name).tags(tags));
        clients.iam().putUserPolicy(put -> put.userName(name).policyName("p").policyDocument(POLICY));
        clients.iam().createAccessKey(key -> key.userName(name));
        clients.iam().createAccessKey(key -> key.userName(name));
        clients.iam()
                .createRole(role -> role.roleName(name)
                        .tags(tags)
                        .assumeRolePolicyDocument(AccessErrors.fields("").get("AssumeRolePolicyDocument")));
        clients.iam().putRolePolicy(put -> put.roleName(name).policyName("p").policyDocument(POLICY));
        clients.iam().createOpenIDConnectProvider(create -> create.url("https://idp.example.com"));
    }

    private static HttpResponse<String> call(SdkClients clients, Declared declared) {
        var fields = new HashMap<>(AccessErrors.fields(clients.appInstance().split(":", -1)[4]));
        fields.putAll(declared.row().fields());
        fields.put("Action", declared.operation());
        fields.put("Version", declared.service().version());
        String form = fields.entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return clients.signedRequests().sendForm(declared.service().signingName(), form);
    }
}
