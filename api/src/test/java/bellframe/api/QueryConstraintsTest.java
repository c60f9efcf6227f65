package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each constraint of the models of the Query protocol, just inside and just outside, through the whole form of each
/// operation.
class QueryConstraintsTest {

    @ParameterizedTest
    @MethodSource("operations")
    void theSmallestInputIsAccepted(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).minimal(model.input(operation));

        assertThatCode(() -> accept(model, operation, input)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anInputWithEveryMemberIsAccepted(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).full(model.input(operation));

        assertThatCode(() -> accept(model, operation, input)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void requiredMembersMustBePresent(ModelFile model, Operation<?, ?, ?> operation) {
        Trials.missing(InputPlace.input(model, operation)).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("places")
    void eachConstraintBoundsInclusively(InputPlace place) {
        Trials.constraints(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("places")
    void sensitiveValuesDoNotShowInTheInputsText(InputPlace place) {
        if (!place.type().equals("string")) {
            return;
        }
        String value = "a value like no other";

        String text = String.valueOf(place.operation().reader().read(place.request(Samples.JSON.textNode(value))));

        assertThat(text.contains(value)).isNotEqualTo(place.isSensitive());
    }

    static Stream<Object[]> operations() {
        return ModelFile.ofQuery()
                .flatMap(model -> model.table().stream().map(operation -> new Object[]{model, operation}));
    }

    static Stream<InputPlace> places() {
        return ModelFile.ofQuery()
                .flatMap(model -> model.table().stream().flatMap(operation -> InputPlace.in(model, operation)));
    }

    private static void accept(ModelFile model, Operation<?, ?, ?> operation, ObjectNode input) {
        accept(operation, RequestParts.of(model, operation, input));
    }

    private static <I> void accept(Operation<?, I, ?> operation, Input request) {
        operation.validator().validate(operation.reader().read(request));
    }
}
