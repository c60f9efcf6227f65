package bellframe.server.folder;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// Keys and certificates as text.
final class Pem {

    private static final int LINE_LENGTH = 64;
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Pem() {
    }

    static String of(PrivateKey key) {
        return text(KEY, key.getEncoded());
    }

    static String of(X509Certificate certificate) throws GeneralSecurityException {
        return text(CERTIFICATE, certificate.getEncoded());
    }

    /// An elliptic-curve key.
    static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes(KEY, pem)));
    }

    static X509Certificate certificate(String pem) throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(bytes(CERTIFICATE, pem));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }

    private static String text(String type, byte[] bytes) {
        var lines = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
        return begin(type) + lines + "\n" + end(type);
    }

    private static byte[] bytes(String type, String pem) throws GeneralSecurityException {
        int begin = pem.indexOf(begin(type));
        int end = pem.indexOf(end(type));
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException("no " + type + " in the file");
        }
        return Base64.getMimeDecoder().decode(pem.substring(begin + begin(type).length(), end));
    }

    private static String begin(String type) {
        return "-----BEGIN " + type + "-----\n";
    }

    private static String end(String type) {
        return "-----END " + type + "-----\n";
    }
}
