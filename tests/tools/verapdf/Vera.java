import java.io.FileInputStream;
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
    int worst = 0;
    for (String name : args[0].split(",")) {
      PDFAFlavour flavour = PDFAFlavour.fromString(name);
      for (int i = 1; i < args.length; i++) {
        worst = Math.max(worst, validate(flavour, args[i]));
      }
    }
    System.exit(worst);
  }

  private static int validate(PDFAFlavour flavour, String file) {
    try (PDFAParser parser =
        Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
      ValidationResult result =
          Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
      String verdict = result.isCompliant() ? "PASS " : "FAIL ";
      System.out.println(verdict + flavour.getId() + " " + file);
      for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
        RuleId id = failed.getKey();
        String rule = result.getValidationProfile().getRuleByRuleId(id).getDescription();
        System.out.println(
            "   " + id.getClause() + "-" + id.getTestNumber() + " x" + failed.getValue() + " " + rule);
      }
      return result.isCompliant() ? 0 : 1;
    } catch (Throwable error) {
      System.out.println("ERROR " + flavour.getId() + " " + file + " " + error);
      return 2;
    }
  }
}
