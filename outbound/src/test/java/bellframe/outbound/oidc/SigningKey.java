package bellframe.outbound.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A key that a provider signs tokens with.
///
/// @param published the public half, as the provider publishes it
record SigningKey(JWK published, PrivateKey secret) {

    private static final int ED25519_BYTES = 32;

    static SigningKey rsa(int bits) {
        KeyPair pair = pair("RSA", bits);
        return new SigningKey(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(newId()).build(),
                pair.getPrivate());
    }

    static SigningKey curved(Curve curve) {
        KeyPair pair = pair("EC", switch (curve.getName()) {
            case "P-256" -> 256;
            case "P-384" -> 384;
            default -> 521;
        });
        return new SigningKey(new ECKey.Builder(curve, (ECPublicKey) pair.getPublic()).keyID(newId()).build(),
                pair.getPrivate());
    }

    static SigningKey edwards() {
        KeyPair pair = pair("Ed25519", 255);
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
        return new SigningKey(
                new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).keyID(newId()).build(),
                pair.getPrivate());
    }

    static SigningKey of(JWSAlgorithm algorithm) {
        return switch (algorithm.getName()) {
            case "ES256" -> curved(Curve.P_256);
            case "ES384" -> curved(Curve.P_384);
            case "ES512" -> curved(Curve.P_521);
            case "EdDSA" -> edwards();
            default -> rsa(2048);
        };
    }

    JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(published.getKeyID());
    }

    String sign(JWSHeader header, Map<String, ?> claims) {
        String signed = header.toBase64URL() + "." + new Payload(Map.copyOf(claims)).toBase64URL();
        try {
            return signed + "." + signature(header, signed.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException | GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private Base64URL signature(JWSHeader header, byte[] signed) throws JOSEException, GeneralSecurityException {
        if (published instanceof RSAKey) {
            return new RSASSASigner(secret, Set.of(AllowWeakRSAKey.getInstance())).sign(header, signed);
        }
        if (secret instanceof ECPrivateKey curved) {
            return new ECDSASigner(curved).sign(header, signed);
        }
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(secret);
        signature.update(signed);
        return Base64URL.encode(signature.sign());
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
