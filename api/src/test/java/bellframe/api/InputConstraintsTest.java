package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each constraint of the models, just inside and just outside, through the whole input of each operation.
///
/// The constraints are taken from the model files, not from what was generated.
class InputConstraintsTest {

    @ParameterizedTest
    @MethodSource("operations")
    void theSmallestInputIsAccepted(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).minimal(model.input(operation));

        assertThatCode(() -> accept(operation, RequestParts.of(model, operation, input))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anInputWithEveryMemberIsAccepted(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).full(model.input(operation));

        assertThatCode(() -> accept(operation, RequestParts.of(model, operation, input))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("strings")
    void lengthsAreCountedInCodePointsAndBoundInclusively(InputPlace place) {
        Trials.lengths(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("patterned")
    void patternsMatchTheWholeValue(InputPlace place) {
        Trials.patterns(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("integers")
    void numbersAreBoundInclusively(InputPlace place) {
        Trials.numbers(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listSizesAreBoundInclusively(InputPlace place) {
        Trials.sizes(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("enums")
    void everyValueOfAnEnumIsKnownAndNoOther(InputPlace place) {
        Trials.enumValues(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("structures")
    void requiredMembersMustBePresent(InputPlace place) {
        Trials.missing(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("timestamps")
    void timestampsAreReadInEveryFormThatClientsSend(InputPlace place) {
        Trials.timestamps(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aValueOfTheWrongTypeIsRefusedAndNullIsNoValue(InputPlace place) {
        Trials.representations(place).forEach(InputConstraintsTest::check);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void sensitiveValuesDoNotShowInTheInputsText(ModelFile model, Operation<?, ?, ?> operation) {
        String value = "a value like no other";
        InputPlace.in(model, operation).filter(ofType("string")).forEach(place -> {
            String text = String.valueOf(operation.reader().read(place.request(Samples.JSON.textNode(value))));

            if (place.isSensitive()) {
                assertThat(text).as(place.path()).contains("***").doesNotContain(value);
            } else {
                assertThat(text).as(place.path()).contains(value);
            }
        });
    }

    static Stream<Object[]> operations() {
        return ModelFile.all()
                .flatMap(model -> model.table().stream().map(operation -> new Object[]{model, operation}));
    }

    static Stream<InputPlace> places() {
        return InputPlace.all();
    }

    static Stream<InputPlace> strings() {
        return places().filter(ofType("string"));
    }

    static Stream<InputPlace> patterned() {
        return strings().filter(Trials::hasPattern);
    }

    static Stream<InputPlace> integers() {
        return places().filter(ofType("integer"));
    }

    static Stream<InputPlace> lists() {
        return places().filter(ofType("list"));
    }

    static Stream<InputPlace> enums() {
        return places().filter(ofType("enum"));
    }

    static Stream<InputPlace> timestamps() {
        return places().filter(ofType("timestamp"));
    }

    static Stream<InputPlace> structures() {
        Stream<InputPlace> inputs = ModelFile.all()
                .flatMap(model -> model.table().stream().map(operation -> InputPlace.input(model, operation)));
        return Stream.concat(inputs, places().filter(ofType("structure")));
    }

    private static Predicate<InputPlace> ofType(String type) {
        return place -> place.type().equals(type);
    }

    static void check(Trial trial) {
        Throwable refusal = catchThrowable(() -> accept(trial.place().operation(), trial.request()));
        Pattern complaint = trial.complaint();
        if (complaint == null) {
            assertThat(refusal).as(trial.toString()).isNull();
        } else if (refusal != null || !trial.maybe()) {
            assertThat(refusal).as(trial.toString()).isInstanceOf(InvalidInput.class);
            assertThat(refusal).message().as(trial.toString()).matches(trial::isComplaint);
        }
    }

    private static <I> void accept(Operation<?, I, ?> operation, Input request) {
        operation.validator().validate(operation.reader().read(request));
    }
}
