package bellframe.http;

import bellframe.exchange.CredentialExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that requests can ask for.
///
/// @param operations of the REST services, each bound to its service; of two with the same requests the first wins
/// @param queries the services that speak the AWS Query protocol
/// @param exchange gives credentials for tokens of an identity provider; null if none are given
public record Services(
        List<? extends Endpoint<?>> operations,
        List<QueryEndpoint<?>> queries,
        @Nullable CredentialExchange exchange) {
}
