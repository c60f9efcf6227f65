package bellframe.outbound.calls;

import java.net.UnknownHostException;

/// A host may not be called, or none of its addresses. To the client it is as if there were no such host.
final class AddressRefused extends UnknownHostException {

    private static final long serialVersionUID = 1;

    AddressRefused(String message) {
        super(message);
    }
}
