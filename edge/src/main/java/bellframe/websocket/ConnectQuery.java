package bellframe.websocket;

import bellframe.api.InvalidInput;
import bellframe.credentials.SignedRequest;
import bellframe.http.Query;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sessions.ConnectRequest;
import bellframe.sessions.PrefetchOrder;
import org.jspecify.annotations.Nullable;

/// What the query of the connect request says.
final class ConnectQuery {

    private ConnectQuery() {
    }

    /// Reads the request's query. Values of `prefetch-on` and `prefetch-sort-by` that the protocol does not know are as good as
    /// absent.
    ///
    /// @throws Refused if `userArn` or `sessionId` is missing or empty, or the query is not decodable
    static ConnectRequest parse(SignedRequest request) {
        try {
            Query query = Query.parse(request.rawQuery());
            return new ConnectRequest(required(query.get("userArn")), required(query.get("sessionId")),
                    prefetch(query), query.get("replay-after"));
        } catch (InvalidInput notDecodable) {
            throw new Refused(Refusal.INVALID_INPUT);
        }
    }

    private static @Nullable PrefetchOrder prefetch(Query query) {
        if (!"connect".equals(query.get("prefetch-on"))) {
            return null;
        }
        return "last-message-timestamp".equals(query.get("prefetch-sort-by"))
                ? PrefetchOrder.LAST_MESSAGE_TIMESTAMP
                : PrefetchOrder.UNREAD;
    }

    private static String required(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new Refused(Refusal.INVALID_INPUT);
        }
        return value;
    }
}
