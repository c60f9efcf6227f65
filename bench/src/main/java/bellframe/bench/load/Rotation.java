package bellframe.bench.load;

import java.util.List;

/// Several scripts in turn, each as often as it is listed.
public final class Rotation implements Script {

    private final List<Script> turns;
    private int next;

    public Rotation(List<Script> turns) {
        this.turns = List.copyOf(turns);
    }

    @Override
    public Step next() {
        Script turn = turns.get(next);
        next = (next + 1) % turns.size();
        return turn.next();
    }

    /// The same requests without a body, again and again.
    public static Script of(List<Request> requests) {
        return new Rotation(requests.stream().<Script>map(request -> () -> new Step(request, NO_BODY)).toList());
    }
}
