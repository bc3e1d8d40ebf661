package org.memloop.sim.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.memloop.link.wire.RpcMessage;

/** Make what a client says to a server: sound, mutated, or random. */
final class FuzzMessages {
    /** How many are sent to each server; {@code -Dfuzz.messages=1000000} sends more. */
    static final int COUNT = Integer.getInteger("fuzz.messages", 20_000);
    /** Transaction of the call that is asked last, which has to be answered. */
    static final int LAST_XID = 0x7eadbeef;

    private static final List<String> SCPI = List.of("*IDN?", "*RST;*CLS", ":PULS:WIDT1 600NS", ":VOLT1:HIGH 0.9",
            ":OUTP1 ON;:OUTP2 ON", ":SYST:ERR?", "*ESE 255;*SRE 32", ":ARM:SOUR1 EXT;:ARM:SENS1 EDGE", "*STB?;*ESR?",
            "*TRG", "*LRN?", ":PULS:DEL2 #15hello", ":VOLT1:HIGH?;LOW?", "*OPC?", ":FUNC1 'PULS'");

    private FuzzMessages() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] text(SplittableRandom random) {
        return text(random, SCPI);
    }

    static byte[] text(SplittableRandom random, List<String> sound) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        return mutated(random, ascii(sound.get(random.nextInt(sound.size()))));
    }

    static byte[] mutated(SplittableRandom random, byte[] sound) {
        byte[] bytes = sound.clone();
        for (int flips = random.nextInt(3); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 40)) : bytes;
    }

    /** Mark a record: mostly as a whole, at times in fragments, or as longer than any server takes. */
    static byte[] record(SplittableRandom random, byte[] message) {
        int way = random.nextInt(2000);
        if (way == 0) {
            return ByteBuffer.allocate(4 + message.length).putInt(-1).put(message).array();
        }
        int cut = way < 100 ? random.nextInt(message.length + 1) : 0;
        byte[] rest = RpcMessage.marked(Arrays.copyOfRange(message, cut, message.length));
        return ByteBuffer.allocate(4 + cut + rest.length).putInt(cut).put(message, 0, cut).put(rest).array();
    }

    /** Make a call that every program answers. */
    static byte[] ping(int program, int version) {
        return RpcMessage.call(LAST_XID, program, version, 0).bytes();
    }
}
