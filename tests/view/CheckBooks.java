import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.util.Locale;

/** Runs EPUBCheck over many books in one virtual machine: a line on standard output for each finding, and one a book. */
public class CheckBooks {
  public static void main(String[] books) {
    for (String book : books) {
      Findings findings = new Findings(book);
      new EpubCheck(new File(book), findings).doValidate();
      System.out.println("CHECKED\t" + book);
    }
  }

  static class Findings extends MasterReport {
    private final String book;

    Findings(String book) {
      this.book = book;
      setEpubFileName(book);
      setLocale(Locale.ENGLISH);
    }

    @Override
    public void message(Message message, EPUBLocation location, Object... arguments) {
      String what = message.getMessage(arguments).replaceAll("\\s+", " ");
      String where = location.getPath() + ":" + location.getLine();
      System.out.println(message.getSeverity() + "\t" + book + "\t" + message.getID() + "\t" + where + "\t" + what);
    }

    @Override
    public void info(String resource, FeatureEnum feature, String value) {}

    @Override
    public void initialize() {}

    @Override
    public int generate() {
      return 0;
    }
  }
}
