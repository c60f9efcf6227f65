package bellframe.websocket;

import bellframe.api.InvalidInput;
import bellframe.credentials.SignedRequest;
import bellframe.http.Query;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import org.jspecify.annotations.Nullable;

/// Who wants to connect, as the query of the connect request says.
record ConnectRequest(String userArn, String sessionId) {

    /// Reads the request's query.
    ///
    /// @throws Refused if either parameter is missing, empty or not decodable
    static ConnectRequest parse(SignedRequest request) {
        try {
            Query query = Query.parse(request.rawQuery());
            return new ConnectRequest(required(query.get("userArn")), required(query.get("sessionId")));
        } catch (InvalidInput notDecodable) {
            throw new Refused(Refusal.INVALID_INPUT);
        }
    }

    private static String required(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new Refused(Refusal.INVALID_INPUT);
        }
        return value;
    }
}
