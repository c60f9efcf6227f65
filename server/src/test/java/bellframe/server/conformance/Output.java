package bellframe.server.conformance;

import bellframe.api.ModelFile;
import bellframe.api.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkResponse;

/// What the answer to a call that succeeds must have.
///
/// @param call goes through the SDK's client
/// @param about what is called, to tell rows of one operation apart
/// @param absent paths of the members that the answer must not have, as [AnswerMembers] writes them; it must have all others
/// @param values what members must be, by their path
record Output(
        ModelFile model,
        String operation,
        String about,
        Supplier<? extends SdkResponse> call,
        Set<String> absent,
        Map<String, Object> values) {

    static Output messaging(String operation, Supplier<? extends SdkResponse> call) {
        return new Output(ModelFile.MESSAGING, operation, "", call, Set.of(), Map.of());
    }

    static Output identity(String operation, Supplier<? extends SdkResponse> call) {
        return new Output(ModelFile.IDENTITY, operation, "", call, Set.of(), Map.of());
    }

    Output about(String what) {
        return new Output(model, operation, what, call, absent, values);
    }

    Output without(String... paths) {
        return new Output(model, operation, about, call, Set.of(paths), values);
    }

    Output having(String path, Object value) {
        var more = new HashMap<>(values);
        more.put(path, value);
        return new Output(model, operation, about, call, absent, more);
    }

    int successStatus() {
        return model.table()
                .stream()
                .filter(row -> row.name().equals(operation))
                .mapToInt(Operation::successStatus)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return (operation + " " + about).strip();
    }
}
