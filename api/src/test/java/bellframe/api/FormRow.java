package bellframe.api;

import java.util.List;

/// A Query operation as a row of the other table, so that the same trials serve its input: the body is the form.
final class FormRow {

    private FormRow() {
    }

    static List<? extends Operation<?, ?, ?>> of(QueryService<?> service) {
        return service.operations().stream().map(FormRow::of).toList();
    }

    private static <S, I, O> Operation<S, I, O> of(QueryOperation<S, I, O> operation) {
        return new Operation<>(
                operation.name(),
                "POST",
                List.of(""),
                null,
                200,
                false,
                operation.errors(),
                input -> operation.reader().read(QueryForm.parse(input.body()).input()),
                operation.validator(),
                _ -> List.of(),
                operation.handler(),
                (_, _) -> {
                    throw new AssertionError("answers of the Query protocol are not JSON");
                });
    }
}
