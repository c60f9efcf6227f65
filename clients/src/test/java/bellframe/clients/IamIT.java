package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/// IAM and STS as clients use them: the AWS CLI does everything, the SDKs what each does in its own way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool CLI = AwsCommands.required();

    @Order(2)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    private static final String SEND = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "chime:SendChannelMessage", "Resource": "*"}]}""";
    private static final String ASSUME = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}""";

    @AutoClose
    private AwsCommands aws;

    private Map<String, String> variables;
    private String account;

    @BeforeAll
    void start() {
        variables = SERVER.variables();
        aws = AwsCommands.start(variables);
        account = aws.run("sts", "get-caller-identity").get("Account").asText();
    }

    @Test
    void aUserIsCreatedTaggedListedAndDeleted() {
        JsonNode created = aws.run("iam", "create-user", "--user-name", "carol", "--path", "/back/", "--tags",
                "Key=team,Value=chat").get("User");
        assertThat(created.get("Arn").asText()).isEqualTo("arn:aws:iam::" + account + ":user/back/carol");
        assertThat(created.get("UserId").asText()).startsWith("AIDA");
        aws.refused("EntityAlreadyExists", "iam", "create-user", "--user-name", "carol");

        aws.run("iam", "tag-user", "--user-name", "carol", "--tags", "Key=stage,Value=test");
        aws.run("iam", "untag-user", "--user-name", "carol", "--tag-keys", "team");
        assertThat(aws.run("iam", "list-user-tags", "--user-name", "carol").get("Tags").toString())
                .isEqualTo("[{\"Key\":\"stage\",\"Value\":\"test\"}]");
        assertThat(aws.run("iam", "get-user", "--user-name", "carol").at("/User/CreateDate"))
                .isEqualTo(created.get("CreateDate"));
        assertThat(aws.run("iam", "list-users", "--path-prefix", "/back/").findValuesAsText("UserName"))
                .containsExactly("carol");

        aws.run("iam", "delete-user", "--user-name", "carol");
        aws.refused("NoSuchEntity", "iam", "get-user", "--user-name", "carol");
    }

    @Test
    void aKeyIsUsedPutOutOfUseAndDeleted() throws IOException {
        aws.run("iam", "create-user", "--user-name", "dave");
        JsonNode key = aws.run("iam", "create-access-key", "--user-name", "dave").get("AccessKey");
        String id = key.get("AccessKeyId").asText();
        assertThat(aws.run("iam", "list-access-keys", "--user-name", "dave").at("/AccessKeyMetadata/0/Status").asText())
                .isEqualTo("Active");

        try (AwsCommands dave = aws.signedWith(Keys.lasting(key))) {
            assertThat(dave.run("sts", "get-caller-identity").get("Arn").asText())
                    .isEqualTo("arn:aws:iam::" + account + ":user/dave");
            assertThat(dave.refused("AccessDenied", "iam", "create-user", "--user-name", "eve"))
                    .contains("user/dave is not authorized to perform: iam:CreateUser on resource: ");

            aws.run("iam", "update-access-key", "--user-name", "dave", "--access-key-id", id, "--status", "Inactive");
            dave.refused("InvalidClientTokenId", "sts", "get-caller-identity");
        }
        aws.refused("DeleteConflict", "iam", "delete-user", "--user-name", "dave");
        aws.run("iam", "delete-access-key", "--user-name", "dave", "--access-key-id", id);
        aws.run("iam", "delete-user", "--user-name", "dave");
    }

    @Test
    void aWrongSecretDoesNotMatch() throws IOException {
        try (AwsCommands wrong = aws.signedWith(Map.of("AWS_SECRET_ACCESS_KEY", "wrong"))) {
            wrong.refused("SignatureDoesNotMatch", "sts", "get-caller-identity");
        }
    }

    @Test
    void aPolicyOfAUserComesBackDecoded() {
        aws.run("iam", "create-user", "--user-name", "frank");
        aws.run("iam", "put-user-policy", "--user-name", "frank", "--policy-name", "send", "--policy-document", SEND);

        assertThat(aws.run("iam", "get-user-policy", "--user-name", "frank", "--policy-name", "send")
                .at("/PolicyDocument/Statement/0/Action")
                .asText()).isEqualTo("chime:SendChannelMessage");
        assertThat(aws.run("iam", "list-user-policies", "--user-name", "frank").get("PolicyNames").toString())
                .isEqualTo("[\"send\"]");
        assertThat(aws.refused("MalformedPolicyDocument", "iam", "put-user-policy", "--user-name", "frank",
                "--policy-name", "send", "--policy-document", SEND.replace("Effect", "Affect")))
                .contains("Statement 1");
        aws.refused("ValidationError", "iam", "put-user-policy", "--user-name", "frank", "--policy-name", "no/slash",
                "--policy-document", SEND);
        aws.refused("DeleteConflict", "iam", "delete-user", "--user-name", "frank");
        aws.run("iam", "delete-user-policy", "--user-name", "frank", "--policy-name", "send");
        aws.refused("NoSuchEntity", "iam", "delete-user-policy", "--user-name", "frank", "--policy-name", "send");
        aws.run("iam", "delete-user", "--user-name", "frank");
    }

    @Test
    void aRoleIsCreatedChangedAndDeleted() {
        JsonNode created = aws.run("iam", "create-role", "--role-name", "porter", "--assume-role-policy-document",
                trust("root"), "--tags", "Key=team,Value=chat").get("Role");
        assertThat(created.at("/AssumeRolePolicyDocument/Statement/0/Action/0").asText()).isEqualTo("sts:AssumeRole");
        aws.run("iam", "update-assume-role-policy", "--role-name", "porter", "--policy-document", trust("user/gate"));
        aws.run("iam", "update-role", "--role-name", "porter", "--max-session-duration", "7200");
        aws.run("iam", "tag-role", "--role-name", "porter", "--tags", "Key=stage,Value=test");
        aws.run("iam", "put-role-policy", "--role-name", "porter", "--policy-name", "send", "--policy-document", SEND);

        JsonNode role = aws.run("iam", "get-role", "--role-name", "porter").get("Role");
        assertThat(role.at("/AssumeRolePolicyDocument/Statement/0/Principal/AWS").asText()).endsWith(":user/gate");
        assertThat(role.get("MaxSessionDuration").asInt()).isEqualTo(7200);
        assertThat(role.get("Tags").findValuesAsText("Key")).containsExactly("stage", "team");
        assertThat(aws.run("iam", "get-role-policy", "--role-name", "porter", "--policy-name", "send")
                .at("/PolicyDocument/Statement/0/Effect")
                .asText()).isEqualTo("Allow");
        assertThat(aws.run("iam", "list-role-policies", "--role-name", "porter").get("PolicyNames").toString())
                .isEqualTo("[\"send\"]");
        assertThat(aws.run("iam", "list-roles").findValuesAsText("RoleName")).contains("porter");

        aws.refused("DeleteConflict", "iam", "delete-role", "--role-name", "porter");
        aws.run("iam", "delete-role-policy", "--role-name", "porter", "--policy-name", "send");
        aws.run("iam", "delete-role", "--role-name", "porter");
        aws.refused("NoSuchEntity", "iam", "get-role", "--role-name", "porter");
    }

    @Test
    void anIdentityProviderIsRegisteredOnce() {
        String arn = aws.run("iam", "create-open-id-connect-provider", "--url", "https://login.example.com",
                "--client-id-list", "chat").get("OpenIDConnectProviderArn").asText();
        assertThat(arn).isEqualTo("arn:aws:iam::" + account + ":oidc-provider/login.example.com");
        aws.refused("EntityAlreadyExists", "iam", "create-open-id-connect-provider", "--url",
                "https://login.example.com");

        assertThat(aws.run("iam", "get-open-id-connect-provider", "--open-id-connect-provider-arn", arn)
                .get("ClientIDList")
                .toString()).isEqualTo("[\"chat\"]");
        assertThat(aws.run("iam", "list-open-id-connect-providers").findValuesAsText("Arn")).containsExactly(arn);
        aws.run("iam", "delete-open-id-connect-provider", "--open-id-connect-provider-arn", arn);
        aws.refused("NoSuchEntity", "iam", "get-open-id-connect-provider", "--open-id-connect-provider-arn", arn);
    }

    @Test
    void aSessionOfARoleHasItsTagsAndItsPolicy() throws IOException {
        aws.run("iam", "create-role", "--role-name", "guard", "--assume-role-policy-document", trust("root"));
        String role = "arn:aws:iam::" + account + ":role/guard";
        aws.run("iam", "put-role-policy", "--role-name", "guard", "--policy-name", "all", "--policy-document",
                SEND.replace("chime:SendChannelMessage", "*"));

        JsonNode assumed = aws.run("sts", "assume-role", "--role-arn", role, "--role-session-name", "night",
                "--tags", "Key=shift,Value=late", "--policy", SEND.replace("chime:SendChannelMessage", "iam:ListUsers"),
                "--duration-seconds", "900");

        assertThat(assumed.at("/AssumedRoleUser/AssumedRoleId").asText()).startsWith("AROA").endsWith(":night");
        assertThat(assumed.get("PackedPolicySize").asInt()).isPositive();
        try (AwsCommands guard = aws.signedWith(Keys.temporary(assumed.get("Credentials")))) {
            assertThat(guard.run("sts", "get-caller-identity").get("Arn").asText())
                    .isEqualTo("arn:aws:sts::" + account + ":assumed-role/guard/night");
            guard.run("iam", "list-users");
            guard.refused("AccessDenied", "iam", "list-roles");
        }
        aws.refused("ValidationError", "sts", "assume-role", "--role-arn", role, "--role-session-name", "night",
                "--duration-seconds", "7200");
        aws.refused("AccessDenied", "sts", "assume-role", "--role-arn", role + "s", "--role-session-name", "night");
    }

    @Test
    void credentialsOfASessionTokenMayNotCallIam() throws IOException {
        JsonNode credentials = aws.run("sts", "get-session-token").get("Credentials");

        try (AwsCommands session = aws.signedWith(Keys.temporary(credentials))) {
            assertThat(session.run("sts", "get-caller-identity").get("Arn").asText()).endsWith(":root");
            session.refused("AccessDenied", "iam", "list-users");
        }
    }

    @Test
    void aTokenThatNobodyIssuedIsRefused() {
        aws.refused("InvalidIdentityToken", "sts", "assume-role-with-web-identity", "--role-arn",
                "arn:aws:iam::" + account + ":role/guard", "--role-session-name", "nobody",
                "--web-identity-token", "not.a.token");
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT"})
    void aPaginatorFindsEveryUserAndRoleAndPolicy(Sdk kind) throws IOException {
        kind.require();
        String prefix = "/" + kind.name() + "/";
        List<String> names = new ArrayList<>();
        try (SdkCalls sdk = kind.start(variables)) {
            for (int number = 1; number <= 5; number++) {
                String name = kind.name() + "-" + number;
                names.add(name);
                sdk.output("iam", "CreateUser", Map.of("UserName", name, "Path", prefix));
                sdk.output("iam", "CreateRole",
                        Map.of("RoleName", name, "Path", prefix, "AssumeRolePolicyDocument", trust("root")));
                sdk.output("iam", "PutUserPolicy",
                        Map.of("UserName", kind.name() + "-1", "PolicyName", name, "PolicyDocument", ASSUME));
            }

            assertThat(paginated(sdk, "ListUsers", Map.of("PathPrefix", prefix)).findValuesAsText("UserName"))
                    .containsExactlyElementsOf(names);
            assertThat(paginated(sdk, "ListRoles", Map.of("PathPrefix", prefix)).findValuesAsText("RoleName"))
                    .containsExactlyElementsOf(names);
            List<String> policies = new ArrayList<>();
            JsonNode pages = paginated(sdk, "ListUserPolicies", Map.of("UserName", kind.name() + "-1"));
            pages.forEach(page -> page.get("PolicyNames").forEach(name -> policies.add(name.asText())));
            assertThat(policies).containsExactlyElementsOf(names);
            assertThat(pages).hasSize(3);
        }
    }

    private static JsonNode paginated(SdkCalls sdk, String operation, Map<String, ?> input) {
        var paged = new HashMap<String, Object>(input);
        paged.put("PageSize", 2);
        return sdk.output("iam", "paginate:" + operation, paged).get("pages");
    }

    @ParameterizedTest
    @EnumSource(names = {"PYTHON", "JAVASCRIPT", "GO"})
    void anSdkCreatesReadsAndDeletesARole(Sdk kind) throws IOException {
        kind.require();
        String name = "of-" + kind.name();
        try (SdkCalls sdk = kind.start(variables)) {
            JsonNode created = sdk.output("iam", "CreateRole",
                    Map.of("RoleName", name, "AssumeRolePolicyDocument", trust("root"), "Description", "a \"role\" <&>",
                            "Tags", List.of(Map.of("Key", "é", "Value", "+ü /="))))
                    .get("Role");

            JsonNode read = sdk.output("iam", "GetRole", Map.of("RoleName", name)).get("Role");
            assertThat(read).isEqualTo(created);
            assertThat(read.get("Description").asText()).isEqualTo("a \"role\" <&>");
            assertThat(read.at("/Tags/0/Value").asText()).isEqualTo("+ü /=");

            sdk.output("iam", "DeleteRole", Map.of("RoleName", name));
            JsonNode error = sdk.refusal("iam", "GetRole", Map.of("RoleName", name));
            assertThat(error.get("status").asInt()).isEqualTo(404);
            assertThat(error.get("name").asText()).startsWith("NoSuchEntity");
        }
    }

    @Test
    void theSdkForJavaCreatesReadsAndDeletesARole() {
        try (IamClient iam = new JavaSdk(variables).iam()) {
            Role created = iam.createRole(
                    request -> request.roleName("of-java").assumeRolePolicyDocument(trust("root"))).role();

            Role read = iam.getRole(request -> request.roleName("of-java")).role();
            assertThat(read).isEqualTo(created);
            assertThat(URLDecoder.decode(read.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                    .isEqualTo(trust("root"));
            iam.deleteRole(request -> request.roleName("of-java"));
            assertThatThrownBy(() -> iam.getRole(request -> request.roleName("of-java")))
                    .isInstanceOf(NoSuchEntityException.class);
        }
    }

    /// A trust policy for what is named in the account.
    private String trust(String principal) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"],
                  "Principal": {"AWS": "arn:aws:iam::%s:%s"}}]}"""
                .formatted(account, principal);
    }
}
