package bellframe.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.ModelFile;
import bellframe.server.RunningServer;
import bellframe.server.SdkClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkResponse;

/// Each operation called successfully: its answer has every member that there is something for, and no other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputsIT {

    /// Operations that cannot succeed, with the reason.
    private static final Map<String, String> NEVER_SUCCESSFUL = Map.of(
            "ChannelFlowCallback", "a processor must have been called, as in ChannelFlowIT",
            "ListSubChannels", "there are no elastic channels");

    /// Lists that always have something in them.
    private static final List<String> NEVER_EMPTY = List.of("ListAppInstances");

    /// A setting may take effect this long after it was made.
    private static final Duration AHEAD_MAX = Duration.ofDays(31);

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    /// From before the server was started.
    private final Instant begin = Instant.now().minusSeconds(1);

    private SdkClients clients;
    private MessagingOutputs messaging;
    private IdentityOutputs identity;

    @BeforeAll
    void setTheStage() {
        clients = SdkClients.of(server);
        Stage stage = Stage.set(clients);
        messaging = new MessagingOutputs(stage);
        identity = new IdentityOutputs(stage);
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @Test
    void everyOperationIsCalled() {
        assertThat(full().map(row -> row.model() + " " + row.operation()))
                .containsExactlyInAnyOrderElementsOf(ModelFile.all()
                        .flatMap(model -> operations(model).map(operation -> model + " " + operation))
                        .toList());
    }

    private static Stream<String> operations(ModelFile model) {
        return model.table().stream().map(row -> row.name()).filter(name -> !NEVER_SUCCESSFUL.containsKey(name));
    }

    @Test
    void everyListIsReadEmptyToo() {
        assertThat(empty().map(row -> row.model() + " " + row.operation()))
                .containsAll(full().filter(row -> row.operation().startsWith("List"))
                        .filter(row -> !NEVER_EMPTY.contains(row.operation()))
                        .map(row -> row.model() + " " + row.operation())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("full")
    void whatThereIsIsAnswered(Output row) {
        check(row);
    }

    @ParameterizedTest
    @MethodSource("bare")
    void whatWasNeverSetIsAbsent(Output row) {
        check(row);
    }

    @ParameterizedTest
    @MethodSource("empty")
    void aListWithoutItemsIsEmptyAndNotAbsent(Output row) {
        check(row);
    }

    private void check(Output row) {
        SdkResponse answer = row.call().get();
        var members = AnswerMembers.of(answer);
        var softly = new SoftAssertions();
        softly.assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(row.successStatus());
        softly.assertThat(members.absent()).containsExactlyInAnyOrderElementsOf(row.absent());
        row.values().forEach((path, value) -> softly.assertThat(members.values(path)).as(path).containsOnly(value));
        softly.assertThat(members.times())
                .allMatch(time -> time.isAfter(begin))
                .allMatch(time -> time.isBefore(Instant.now().plus(AHEAD_MAX)));
        softly.assertAll();
    }

    Stream<Output> full() {
        return Stream.concat(messaging.full().stream(), identity.full().stream());
    }

    Stream<Output> bare() {
        return Stream.concat(messaging.bare().stream(), identity.bare().stream());
    }

    Stream<Output> empty() {
        return Stream.concat(messaging.empty().stream(), identity.empty().stream());
    }
}
