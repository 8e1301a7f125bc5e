import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** Vera FLAVOUR,FLAVOUR FILE.pdf ... : full validation by veraPDF; 0 all pass, 1 one fails, 2 error. */
public class Vera {
  public static void main(String[] args) {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<PDFAFlavour> flavours = new ArrayList<>();
    for (String name : args[0].split(",")) {
      flavours.add(PDFAFlavour.fromString(name));
    }
    int worst = 0;
    for (int i = 1; i < args.length; i++) {
      worst = Math.max(worst, validate(flavours, args[i]));
    }
    System.exit(worst);
  }

  /** A file is read once and held against all flavours. */
  private static int validate(List<PDFAFlavour> flavours, String file) {
    int worst = 0;
    try (PDFAParser parser =
        Foundries.defaultInstance().createParser(new FileInputStream(file), flavours.get(0))) {
      parser.setFlavours(flavours);
      List<ValidationResult> results =
          Foundries.defaultInstance().createValidator(flavours).validateAll(parser);
      if (results.size() != flavours.size()) {
        throw new IllegalStateException(results.size() + " verdicts");
      }
      for (ValidationResult result : results) {
        String flavour = result.getPDFAFlavour().getId();
        System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + flavour + " " + file);
        for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
          RuleId id = failed.getKey();
          String rule = result.getValidationProfile().getRuleByRuleId(id).getDescription();
          System.out.println(
              "   " + id.getClause() + "-" + id.getTestNumber() + " x" + failed.getValue() + " " + rule);
        }
        worst = Math.max(worst, result.isCompliant() ? 0 : 1);
      }
      return worst;
    } catch (Throwable error) {
      System.out.println("ERROR " + flavours + " " + file + " " + error);
      return 2;
    }
  }
}
