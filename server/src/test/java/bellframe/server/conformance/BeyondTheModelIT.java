package bellframe.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.server.RunningServer;
import bellframe.server.SdkClients;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What is refused although the model allows it; [BeyondTheModel] has the table.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BeyondTheModelIT {

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private SdkClients clients;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theCallerIsToldWhatIsWrong(BeyondTheModel.Row row) {
        assertThatExceptionOfType(AwsServiceException.class).isThrownBy(() -> row.call().accept(clients))
                .satisfies(refusal -> {
                    assertThat(refusal.statusCode()).isEqualTo(400);
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("BadRequestException");
                    assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(row.message());
                });
    }

    static List<BeyondTheModel.Row> rows() {
        return BeyondTheModel.ROWS;
    }
}
