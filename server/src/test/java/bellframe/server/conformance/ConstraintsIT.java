package bellframe.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.ModelFile;
import bellframe.api.Operation;
import bellframe.api.RequestParts;
import bellframe.api.Samples;
import bellframe.api.Trial;
import bellframe.api.Trials;
import bellframe.server.RunningServer;
import bellframe.server.SdkClients;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each constraint of the models, just inside and just outside, in signed requests to the real server.
///
/// The other members of an input name things that exist, so that a legal value gets as far as the operation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConstraintsIT {

    /// What a header can hold; other bearers have no form on the wire.
    private static final Pattern HEADER_TEXT = Pattern.compile("[ -~]*");

    /// Shorter values may occur in a message by chance.
    private static final int TELLING_CHARS = 8;

    @RegisterExtension
    static final RunningServer server = new RunningServer();

    private SdkClients clients;
    private Baseline.Shared shared;

    @BeforeAll
    void connect() {
        clients = SdkClients.of(server);
        shared = Baseline.Shared.of(clients);
    }

    @AfterAll
    void disconnect() {
        clients.close();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("operations")
    void theServerTakesWhatTheModelAllowsAndNothingElse(ModelFile model, String name, Operation<?, ?, ?> operation) {
        var baseline = new Baseline(shared, operation);
        var softly = new SoftAssertions();
        Trials.of(model, operation)
                .filter(ConstraintsIT::hasFormOnTheWire)
                .forEach(trial -> check(softly, trial, outcome(trial, baseline)));
        softly.assertAll();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("operations")
    void whatTheOtherMembersNameExists(ModelFile model, String name, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).minimal(model.input(operation));
        new Baseline(shared, operation).fill(operation, input, "");

        Outcome outcome = outcome(operation, RequestParts.of(model, operation, input));

        assertThat(outcome.status() == operation.successStatus()).as(outcome.toString())
                .isEqualTo(!ValidCalls.NEVER_SUCCESSFUL.contains(name));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("operationsWithBearer")
    void withoutABearerNobodyActs(ModelFile model, String name, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).minimal(model.input(operation));
        input.remove("ChimeBearer");

        Outcome outcome = outcome(operation, RequestParts.of(model, operation, input));

        assertThat(outcome.isA(401, "UnauthorizedClientException", "Unauthorized")).as(outcome.toString()).isTrue();
    }

    private Outcome outcome(Trial trial, Baseline baseline) {
        baseline.fill(trial.place().operation(), trial.input(), trial.member());
        return outcome(trial.place().operation(), trial.request());
    }

    private Outcome outcome(Operation<?, ?, ?> operation, RequestParts parts) {
        return Outcome.of(WireRequest.of(operation, parts).sendBy(clients.signedRequests()));
    }

    private static void check(SoftAssertions softly, Trial trial, Outcome outcome) {
        softly.assertThat(isExpected(outcome, trial)).as("%s: %s", trial, outcome).isTrue();
        if (trial.place().isSensitive() && trial.text().length() >= TELLING_CHARS) {
            softly.assertThat(outcome.message()).as(trial.toString()).doesNotContain(trial.text());
        }
    }

    private static boolean isExpected(Outcome outcome, Trial trial) {
        if (trial.leavesLabelEmpty()) {
            return outcome.isA(404, "UnknownOperationException", "");
        }
        boolean legal = trial.complaint() == null || trial.maybe();
        return isRefused(outcome, trial) || (legal && LegalOutcomes.include(outcome, trial));
    }

    private static boolean isRefused(Outcome outcome, Trial trial) {
        return trial.complaint() != null && (trial.member().equals("ChimeBearer")
                ? outcome.isA(401, "UnauthorizedClientException", "Unauthorized")
                : outcome.isA(400, "BadRequestException", "BadRequest") && trial.isComplaint(outcome.message()));
    }

    private static boolean hasFormOnTheWire(Trial trial) {
        return !trial.place().location().equals("header") || HEADER_TEXT.matcher(trial.text()).matches();
    }

    static Stream<Object[]> operations() {
        return ModelFile.all()
                .flatMap(model -> model.table()
                        .stream()
                        .map(operation -> new Object[]{model, operation.name(), operation}));
    }

    static Stream<Object[]> operationsWithBearer() {
        return operations().filter(row -> ((Operation<?, ?, ?>) row[2]).bearer());
    }
}
