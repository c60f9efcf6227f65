package bellframe.http;

import bellframe.api.Call;
import bellframe.credentials.Origin;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.Signer;
import java.util.List;

/// What operations are told of the requests that call them.
final class Calls {

    private Calls() {
    }

    static Call signed(SignedRequest request, String requestId, Signer signer, Origin origin) {
        return new Call(requestId, signer.principal().arn(), signer.accessKeyId(), signer.sessionToken(),
                host(request), origin.address(), origin.secure(), origin.userAgent());
    }

    static Call anonymous(SignedRequest request, String requestId, Origin origin) {
        return new Call(requestId, Call.ANONYMOUS, null, null, host(request), origin.address(), origin.secure(),
                origin.userAgent());
    }

    private static String host(SignedRequest request) {
        List<String> hosts = request.headers().get("host");
        return hosts == null ? "" : hosts.getFirst();
    }
}
