package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients whose clocks are two hours wrong. Go is not among them: it asks the kernel for the time, past `faketime`.
class ClocksIT {

    @Order(1)
    @RegisterExtension
    static final RequiredTool FAKETIME = RequiredTool.program("faketime", "install it, for instance by .ci/run");

    @Order(2)
    @RegisterExtension
    static final BellframeProcess SERVER = new BellframeProcess();

    @ParameterizedTest
    @CsvSource({"JAVASCRIPT, -2h", "JAVASCRIPT, +2h", "JAVASCRIPT_2, -2h", "JAVASCRIPT_2, +2h", "JAVA_LEGACY, -2h",
            "JAVA_LEGACY, +2h"})
    void aWrongClockCorrectsItselfByTheServers(Sdk kind, String offset) throws IOException {
        kind.require();
        try (SdkCalls sdk = kind.startWithClock(offset, SERVER.variables())) {
            assertThat(sdk.identity("ListAppInstances", Map.of()).get("AppInstances")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"-2h, Signature expired: ", "+2h, Signature not yet current: "})
    void boto3IsToldThatItsClockIsWrong(String offset, String message) throws IOException {
        Sdk.PYTHON.require();
        try (SdkCalls sdk = Sdk.PYTHON.startWithClock(offset, SERVER.variables())) {
            JsonNode error = sdk.identityRefusal("ListAppInstances", Map.of());

            assertThat(error.get("name").asText()).isEqualTo("InvalidSignatureException");
            assertThat(error.get("status").asInt()).isEqualTo(403);
            assertThat(error.get("message").asText()).startsWith(message);
        }
    }

    @ParameterizedTest
    @CsvSource({"-2h, Signature expired: ", "+2h, Signature not yet current: "})
    void theCliIsToldThatItsClockIsWrong(String offset, String message) {
        AwsCli.required().require("AWS CLI");
        var result = new Command(Command.ROOT, SERVER.variables(),
                List.of("faketime", "-f", offset, "aws", "chime-sdk-identity", "list-app-instances")).run("");

        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("(InvalidSignatureException)", message);
    }
}
