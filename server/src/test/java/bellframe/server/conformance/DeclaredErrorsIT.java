package bellframe.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import bellframe.server.FaultyServer;
import bellframe.server.RunningServer;
import bellframe.server.SdkClients;
import bellframe.storage.FaultyStorage.Reads;
import bellframe.storage.FaultyStorage.Submits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// Each error that the models declare, as the SDK decodes it; [DeclaredErrors] has the table.
@Timeout(120)
class DeclaredErrorsIT {

    private static final String REQUEST_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /// An error and how it is provoked.
    private record Provokable(DeclaredError error, Row.Provocation provocation) {
    }

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    @TempDir
    Path data;

    @Test
    void everyDeclaredErrorIsInExactlyOneRow() {
        var softly = new SoftAssertions();
        DeclaredError.all().forEach(error -> softly.assertThat(rowsOf(error)).as(error.toString()).hasSize(1));
        softly.assertAll();
    }

    @Test
    void everyRowIsAboutDeclaredErrorsOnly() {
        for (Row row : DeclaredErrors.ROWS) {
            List<String> covered = DeclaredError.all()
                    .filter(row.claim()::covers)
                    .map(error -> error.operation().name())
                    .toList();
            assertThat(covered).as(row.toString()).isNotEmpty().containsAll(row.claim().operations());
        }
    }

    @Test
    void aHealthyServerRefusesCallers() {
        try (SdkClients clients = SdkClients.of(server)) {
            provokeAll(Situation.HEALTHY, clients);
        }
    }

    @Test
    void aServerAtItsLimitsLetsNothingBecomeMore() {
        try (var full = new FaultyServer(data, Map.of())) {
            LimitScenarios.fill(full);

            provokeAll(Situation.AT_ITS_LIMITS, full.clients());
        }
    }

    @Test
    void aBusyServerThrottles() {
        try (var busy = new FaultyServer(data, Map.of("BELLFRAME_REQUESTS_IN_FLIGHT_MAX", "1"))) {
            SdkClients clients = busy.clients();
            String sender = clients.user("sender");
            String channel = clients.channel(sender);
            busy.storage().setSubmits(Submits.HOLD);
            var held = CompletableFuture.supplyAsync(() -> clients.send(sender, channel, "slow"));
            await(() -> busy.storage().heldSubmits() == 1);

            provokeAll(Situation.BUSY, clients);

            busy.storage().setSubmits(Submits.PASS);
            assertThat(held.join()).isNotEmpty();
        }
    }

    @Test
    void aStoreThatFailsIsAFailureOfTheService() {
        try (var failing = new FaultyServer(data, Map.of())) {
            failing.storage().setReads(Reads.FAIL);
            failing.storage().setSubmits(Submits.FAIL_UNWRITTEN);

            provokeAll(Situation.STORE_FAILS, failing.clients());
        }
    }

    /// A draining server takes no connections and ends each that is there with its next answer, so that every call needs
    /// one of its own that was there before.
    @Test
    void aServerThatIsAboutToStopIsUnavailable() throws Exception {
        try (var draining = new FaultyServer(data, Map.of())) {
            openConnections(draining, (int) provokable(Situation.DRAINING).count());
            draining.drain();

            provokeAll(Situation.DRAINING, draining.clients());
        }
    }

    /// Opens connections by as many calls at the same time, none of which ends before all have begun.
    private static void openConnections(FaultyServer server, int count) {
        server.storage().setReads(Reads.HOLD);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                callers.execute(() -> server.clients().identity().listAppInstances(_ -> {
                }));
            }
            await(() -> server.storage().heldReads() == count);
            server.storage().setReads(Reads.PASS);
        }
    }

    private static void provokeAll(Situation situation, SdkClients clients) {
        assertThat(provokable(situation)).isNotEmpty();
        var softly = new SoftAssertions();
        provokable(situation).forEach(one -> {
            Throwable thrown = catchThrowable(() -> one.provocation().provoke(clients, one.error()));
            check(softly, one.error(), thrown);
        });
        softly.assertAll();
    }

    private static void check(SoftAssertions softly, DeclaredError error, Throwable thrown) {
        softly.assertThat(thrown).as(error.toString()).isExactlyInstanceOf(SdkCall.classOf(error));
        if (thrown instanceof AwsServiceException refusal) {
            softly.assertThat(refusal.statusCode()).as(error.toString()).isEqualTo(error.status());
            softly.assertThat(refusal.awsErrorDetails().errorCode()).as(error.toString()).isEqualTo(error.name());
            softly.assertThat(refusal.requestId()).as(error.toString()).matches(REQUEST_ID);
            softly.assertThat(refusal.isThrottlingException()).as(error.toString()).isEqualTo(error.status() == 429);
            softly.assertThat(member(refusal, "Code")).as(error.toString()).isEqualTo(error.code());
        }
    }

    /// A member of the error's body as the SDK decoded it.
    private static Object member(AwsServiceException refusal, String name) {
        return ((SdkPojo) refusal).sdkFields()
                .stream()
                .filter(field -> field.memberName().equals(name))
                .map((SdkField<?> field) -> Objects.requireNonNullElse(field.getValueOrDefault(refusal), ""))
                .findFirst()
                .orElse("");
    }

    private static Stream<Provokable> provokable(Situation situation) {
        return DeclaredErrors.ROWS.stream()
                .filter(row -> row instanceof Row.Provoked provoked && provoked.situation() == situation)
                .map(Row.Provoked.class::cast)
                .flatMap(row -> DeclaredError.all()
                        .filter(row.claim()::covers)
                        .map(error -> new Provokable(error, row.by())));
    }

    private static List<Row> rowsOf(DeclaredError error) {
        return DeclaredErrors.ROWS.stream().filter(row -> row.claim().covers(error)).toList();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
