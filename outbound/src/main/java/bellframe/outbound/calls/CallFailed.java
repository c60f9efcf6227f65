package bellframe.outbound.calls;

import bellframe.outbox.DeliveryFailed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.jspecify.annotations.Nullable;

/// A call to which there was no answer. An [IOException], so that it passes through clients built upon calls.
public final class CallFailed extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean permanent;

    private CallFailed(String reason, boolean permanent, @Nullable Throwable cause) {
        super(reason, cause);
        this.permanent = permanent;
    }

    /// The call must not be made, now or later.
    static CallFailed refused(String reason) {
        return new CallFailed(reason, true, null);
    }

    static CallFailed passing(String reason) {
        return new CallFailed(reason, false, null);
    }

    /// @param host whom the call was to
    static CallFailed of(String host, Throwable problem) {
        return new CallFailed(reason(host, problem), isRefusal(problem), problem);
    }

    /// In the terms of whoever hands something to receivers.
    public DeliveryFailed asDelivery() {
        String reason = String.valueOf(getMessage());
        return permanent ? DeliveryFailed.permanentFailure(reason) : DeliveryFailed.transientFailure(reason);
    }

    private static boolean isRefusal(Throwable problem) {
        return problem instanceof AddressRefused || isCertificate(problem);
    }

    /// Messages of the client and the JDK may quote what a receiver sent, so they stay out.
    private static String reason(String host, Throwable problem) {
        return switch (problem) {
            case AddressRefused refused -> String.valueOf(refused.getMessage());
            case UnknownHostException _ -> "there is no host " + host;
            case SSLException _ when isCertificate(problem) -> "the certificate of " + host + " is not trusted";
            case SSLException _ -> "TLS with " + host + " failed";
            case SocketTimeoutException _ -> host + " took too long";
            case InterruptedIOException _ -> "the call to " + host + " was given up";
            case java.net.ConnectException _ -> host + " takes no connections";
            case SocketException _ -> "the connection to " + host + " broke off";
            case ClientProtocolException _ -> host + " does not answer in HTTP";
            default -> "the call to " + host + " failed";
        };
    }

    private static boolean isCertificate(Throwable problem) {
        for (@Nullable
        Throwable at = problem; at != null; at = at.getCause()) {
            if (at instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
