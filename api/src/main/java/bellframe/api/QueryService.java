package bellframe.api;

import java.util.List;
import java.util.Optional;

/// A service that speaks the AWS Query protocol, and how a request names it.
///
/// @param signingName its name in the scope of a signature
/// @param version the `Version` of its requests
/// @param xmlNamespace the namespace of its answers
/// @param <S> the service interface
public record QueryService<S>(
        String signingName,
        String version,
        String xmlNamespace,
        List<QueryOperation<S, ?, ?>> operations) {

    /// The operation that a form's `Action` names.
    public Optional<QueryOperation<S, ?, ?>> operation(String action) {
        return operations.stream().filter(operation -> operation.name().equals(action)).findFirst();
    }
}
