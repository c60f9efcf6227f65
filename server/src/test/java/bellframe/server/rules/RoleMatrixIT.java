package bellframe.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.Operation;
import bellframe.api.messaging.MessagingOperations;
import bellframe.server.RunningServer;
import bellframe.server.SdkClients;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMode;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelPrivacy;

/// Every operation with a bearer, by everybody, in every kind of channel; [RoleMatrix] has the table.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleMatrixIT {

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private SdkClients clients;
    private Cast.Ensemble ensemble;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        ensemble = Cast.Ensemble.of(clients);
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @Test
    void everyOperationWithABearerHasARow() {
        var named = Stream.concat(RoleMatrix.LINES.stream(), RoleMatrix.LAST_LINES.stream())
                .map(line -> line.operation().replaceAll("/.*", ""))
                .collect(Collectors.toSet());
        List<String> withBearer = MessagingOperations.ALL.stream()
                .filter(Operation::bearer)
                .map(Operation::name)
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(withBearer);
    }

    @ParameterizedTest
    @CsvSource({"PUBLIC,RESTRICTED", "PUBLIC,UNRESTRICTED", "PRIVATE,RESTRICTED", "PRIVATE,UNRESTRICTED"})
    void everybodyMayDoWhatTheMatrixSays(ChannelPrivacy privacy, ChannelMode mode) {
        var softly = new SoftAssertions();
        var cast = new Cast(ensemble, privacy, mode);
        for (RoleMatrix.Line line : RoleMatrix.LINES) {
            for (Role role : Role.values()) {
                check(softly, line, role, cast);
            }
        }
        for (RoleMatrix.Line line : RoleMatrix.LAST_LINES) {
            for (Role role : Role.values()) {
                check(softly, line, role, new Cast(ensemble, privacy, mode));
            }
        }
        softly.assertAll();
    }

    private void check(SoftAssertions softly, RoleMatrix.Line line, Role role, Cast cast) {
        char outcome = Outcomes.of(() -> line.call().by(cast.player(role), cast, clients.messaging()));
        softly.assertThat(outcome)
                .as("%s by %s", line.operation(), role)
                .isEqualTo(expected(line.cell(role), cast));
    }

    private static char expected(char cell, Cast cast) {
        return switch (cell) {
            case 'P' -> cast.isPublic() ? 'Y' : 'N';
            case 'U' -> cast.isUnrestricted() ? 'Y' : 'N';
            case 'u' -> cast.isUnrestricted() ? 'C' : 'N';
            case 'c' -> cast.isPublic() ? 'C' : 'N';
            case 'f' -> cast.isPublic() ? 'F' : 'N';
            case 'd' -> cast.isPublic() || cast.isUnrestricted() ? 'C' : 'N';
            default -> cell;
        };
    }
}
