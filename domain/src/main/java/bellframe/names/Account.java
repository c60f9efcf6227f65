package bellframe.names;

/// The account and region whose resources this server keeps; they stand in every ARN it gives out.
///
/// @param id 12 digits
public record Account(String id, String region) {

    private static final int PARTS_BEFORE_ID = 4;

    /// The id of the account in an ARN: its fifth part.
    public static String idIn(String arn) {
        int start = 0;
        for (int part = 0; part < PARTS_BEFORE_ID; part++) {
            start = arn.indexOf(':', start) + 1;
        }
        return arn.substring(start, arn.indexOf(':', start));
    }

    /// The principal that the account's root key stands for.
    public String rootArn() {
        return "arn:aws:iam::" + id + ":root";
    }
}
