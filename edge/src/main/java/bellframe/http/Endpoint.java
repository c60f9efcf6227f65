package bellframe.http;

import bellframe.api.Operation;
import java.util.List;

/// An operation and the service that does it.
///
/// @param <S> the service interface
public record Endpoint<S>(Operation<S, ?, ?> operation, S service) {

    /// Binds a whole operation table to its service.
    public static <S> List<Endpoint<S>> bind(List<? extends Operation<S, ?, ?>> operations, S service) {
        return operations.stream().map(operation -> new Endpoint<S>(operation, service)).toList();
    }
}
