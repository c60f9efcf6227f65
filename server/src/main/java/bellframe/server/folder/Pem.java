package bellframe.server.folder;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

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

    /// A bundle.
    static String of(List<X509Certificate> certificates) throws GeneralSecurityException {
        var bundle = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            bundle.append(of(certificate));
        }
        return bundle.toString();
    }

    /// An elliptic-curve key.
    static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(contents(KEY, pem).getFirst()));
    }

    /// All certificates of a bundle, at least one.
    static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new ArrayList<X509Certificate>();
        for (byte[] content : contents(CERTIFICATE, pem)) {
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content)));
        }
        return certificates;
    }

    private static String text(String type, byte[] bytes) {
        var lines = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
        return begin(type) + lines + "\n" + end(type);
    }

    /// What stands between each begin and its end.
    private static List<byte[]> contents(String type, String pem) throws GeneralSecurityException {
        var contents = new ArrayList<byte[]>();
        int begin = pem.indexOf(begin(type));
        while (begin >= 0) {
            int end = pem.indexOf(end(type), begin);
            if (end < 0) {
                throw new GeneralSecurityException("a " + type + " in the file has no end");
            }
            contents.add(Base64.getMimeDecoder().decode(pem.substring(begin + begin(type).length(), end)));
            begin = pem.indexOf(begin(type), end);
        }
        if (contents.isEmpty()) {
            throw new GeneralSecurityException("no " + type + " in the file");
        }
        return contents;
    }

    private static String begin(String type) {
        return "-----BEGIN " + type + "-----\n";
    }

    private static String end(String type) {
        return "-----END " + type + "-----\n";
    }
}
