package bellframe.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One row of a service's operation table: how a request finds the operation, is read, checked, run and answered.
///
/// @param name the operation's name in the model, `SendChannelMessage`
/// @param method the HTTP method
/// @param path the path's segments in order, a label in braces: `channels`, `{channelArn}`, `messages`
/// @param fixedQuery the query parameter that selects this operation among those of the same path, or null
/// @param successStatus the HTTP status of a success
/// @param bearer whether the input has the `x-amz-chime-bearer` header
/// @param errors the names of the errors the model declares
/// @param resources the ARNs that IAM policies are evaluated on
/// @param <S> the service interface
/// @param <I> the input record
/// @param <O> the output record; [Void] where the model has none: the handler then answers null, and the writer takes it
public record Operation<S, I, O>(
        String name,
        String method,
        List<String> path,
        @Nullable FixedQuery fixedQuery,
        int successStatus,
        boolean bearer,
        List<String> errors,
        Reader<I> reader,
        Validator<I> validator,
        Resources<I> resources,
        Handler<S, I, O> handler,
        Writer<O> writer) {

    /// A query parameter whose value the model fixes, `operation=redact`.
    public record FixedQuery(String name, String value) {
    }

    /// Reads the input from its parts. Missing required members, wrong JSON types, unknown enum values and
    /// unreadable JSON end in [InvalidInput].
    @FunctionalInterface
    public interface Reader<I> {
        I read(Input input);
    }

    /// Checks the model's constraints, outermost member first, and throws [InvalidInput] at the first that is broken.
    @FunctionalInterface
    public interface Validator<I> {
        void validate(I input);
    }

    /// Tells from an input the ARNs that IAM policies are evaluated on: those of its members that are there, the bearer
    /// before the channel. There may be none.
    @FunctionalInterface
    public interface Resources<I> {
        List<String> of(I input);

        /// Those that are not null.
        static List<String> present(@Nullable String... arns) {
            return Stream.of(arns).filter(Objects::nonNull).toList();
        }
    }

    /// Calls the operation's method.
    @FunctionalInterface
    public interface Handler<S, I, O> {
        O handle(S service, Call call, I input);
    }

    /// Writes the output as one JSON object with [TimestampFormat#EPOCH_SECONDS]; writes nothing for [Void].
    @FunctionalInterface
    public interface Writer<O> {
        void write(JsonGenerator json, O output) throws IOException;
    }
}
