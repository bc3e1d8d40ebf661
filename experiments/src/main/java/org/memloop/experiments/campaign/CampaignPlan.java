package org.memloop.experiments.campaign;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.BenchUri;
import org.memloop.campaign.Campaign;
import org.memloop.experiments.Chip;
import org.memloop.run.Session;

/**
 * Fix every setting of a campaign's run.
 *
 * @param campaign what is done
 * @param text the file it was read from, to be kept with the run
 * @param bench address of the bench
 * @param die which die, and what the readings mean
 * @param place where the run is kept
 * @param report whether a page is written at the end
 * @param notes remarks to keep with the run
 * @param commandLine the words of the command, to be kept with the run
 */
public record CampaignPlan(Campaign campaign, String text, BenchUri bench, Chip die, Session.Place place,
        boolean report,
        List<String> notes, List<String> commandLine) {
    /** Keep the lists from changing. */
    public CampaignPlan {
        notes = List.copyOf(notes);
        commandLine = List.copyOf(commandLine);
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("campaign", campaign.name());
        settings.put("seed", String.valueOf(campaign.seed()));
        campaign.stages().forEach(stage -> settings.put("stage " + stage.name(), stage.procedure() + " on "
                + stage.cells() + (stage.points().size() > 1 ? ", " + stage.points().size() + " conditions" : "")
                + (stage.repeats() > 1 ? ", " + stage.repeats() + " times" : "")));
        settings.put("file", digest(text));
        settings.putAll(die.settings());
        return settings;
    }

    /** A file that was changed since is another campaign, though it may have the same name. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "SHA-256 " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
