package bellframe.server.conformance;

import bellframe.api.ModelFile;
import bellframe.api.Operation;
import java.util.stream.Stream;

/// An error that the model declares for an operation.
///
/// @param name of the error's shape
record DeclaredError(ModelFile model, Operation<?, ?, ?> operation, String name) {

    static Stream<DeclaredError> all() {
        return ModelFile.all().flatMap(model -> model.table().stream().flatMap(operation -> of(model, operation)));
    }

    private static Stream<DeclaredError> of(ModelFile model, Operation<?, ?, ?> operation) {
        return model.operation(operation.name())
                .path("errors")
                .valueStream()
                .map(error -> new DeclaredError(model, operation, ModelFile.shapeOf(error)));
    }

    int status() {
        return model.shape(name).get("error").get("httpStatusCode").asInt();
    }

    /// The value of the enum that the error's body has beside its message.
    String code() {
        return name.replaceAll("(Client)?Exception$", "");
    }

    @Override
    public String toString() {
        return operation.name() + " " + name;
    }
}
