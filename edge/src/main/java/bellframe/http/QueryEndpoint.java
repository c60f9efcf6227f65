package bellframe.http;

import bellframe.api.QueryService;
import bellframe.credentials.SignedService;
import bellframe.limits.Rate;

/// A service that speaks the AWS Query protocol, what its requests are signed for, and what does its operations.
///
/// @param rate what all its operations draw on
/// @param <S> the service interface
public record QueryEndpoint<S>(QueryService<S> service, SignedService signedFor, Rate rate, S implementation) {
}
